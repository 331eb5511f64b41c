package dev.forklab.bench.faults;

import dev.forklab.bench.faults.ServiceFrame.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/// The far end of a service's connection, for a test that decides what it says.
final class FakeService implements AutoCloseable {

  private final SocketChannel socket;
  private final ServiceTasks tasks;
  private long taken;
  private long answered;

  private FakeService(SocketChannel socket, ServiceTasks tasks) {
    this.socket = socket;
    this.tasks = tasks;
  }

  /// Connects, and says that it takes tasks.
  static FakeService connect(Path path, ServiceTasks tasks) throws IOException {
    FakeService service =
        new FakeService(SocketChannel.open(UnixDomainSocketAddress.of(path)), tasks);
    service.tell(Kind.READY, 0);
    return service;
  }

  /// Blocks until a task has come.
  int take() throws IOException {
    ServiceFrame frame = ServiceFrame.read(socket);
    while (frame.kind() == Kind.ASK) {
      tell(Kind.STATS, answered);
      frame = ServiceFrame.read(socket);
    }
    taken++;
    return frame.task();
  }

  /// Answers with what the workload says.
  void replyRight(int task) throws IOException {
    byte[] message = tasks.plain(task);
    try {
      reply(task, new FaultyWorkload().apply(message, 1));
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  void reply(int task, byte[] reply) throws IOException {
    new ServiceFrame(Kind.REPLY, task, reply).write(socket);
    answered++;
  }

  void fail(int task, String why) throws IOException {
    new ServiceFrame(Kind.FAILED, task, why.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .write(socket);
    answered++;
  }

  /// Sends what is no answer.
  void garble() throws IOException {
    ServiceFrame.of(Kind.ASK).write(socket);
  }

  /// Says how it is, with a number of answers that may be a lie.
  void tell(Kind kind, long answers) throws IOException {
    new ServiceFrame(kind, 0, new ServiceStats(1, List.of(), taken, answers, 0, true).encoded())
        .write(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
