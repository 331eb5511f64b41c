package dev.forklab.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.bench.faults.ServiceFrame.Kind;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// One connection of a service, from its first word to its end.
///
/// Two threads of its own: one writes what is submitted, so that a service that does not read holds
/// nobody up; one reads. Safe for use by many threads.
final class ServiceLink implements AutoCloseable {

  /// Hears what comes.
  interface Listener {
    void ready(ServiceLink link);

    void answered(ServiceFrame frame);

    void lost(int task);
  }

  private final SocketChannel socket;
  private final Listener listener;
  private final BlockingQueue<ServiceFrame> outgoing = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final Thread reader;

  // Guarded by this.
  private final Set<Integer> open = new HashSet<>();
  private boolean over;
  private long submitted;
  private long answers;
  private long statsCount;
  private @Nullable ServiceStats stats;
  private String complaint = "";

  ServiceLink(SocketChannel socket, Listener listener) {
    this.socket = socket;
    this.listener = listener;
    this.writer = Thread.ofPlatform().name("faults-writes").daemon().unstarted(this::write);
    this.reader = Thread.ofPlatform().name("faults-reads").daemon().unstarted(this::read);
  }

  void begin() {
    reader.start();
    writer.start();
  }

  /// Puts a task on its way.
  ///
  /// @return false if the connection is over: the task is not taken
  synchronized boolean submit(int task, byte[] message) {
    if (over) {
      return false;
    }
    submitted++;
    open.add(task);
    outgoing.add(new ServiceFrame(Kind.TASK, task, message));
    return true;
  }

  /// Asks the service how it is; the answer is in [#stats] when it has come.
  synchronized void ask() {
    outgoing.add(ServiceFrame.of(Kind.ASK));
  }

  /// How many times it has said how it is, the first time included.
  synchronized long statsCount() {
    return statsCount;
  }

  /// What it said last; null before its first word.
  synchronized @Nullable ServiceStats stats() {
    return stats;
  }

  /// In what its account differs from the lab's, or an empty text.
  synchronized String complaint() {
    return complaint;
  }

  synchronized boolean isOver() {
    return over;
  }

  private void write() {
    try {
      while (true) {
        outgoing.take().write(socket);
      }
    } catch (IOException e) {
      // The reader sees the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      while (true) {
        ServiceFrame frame = ServiceFrame.read(socket);
        switch (frame.kind()) {
          case READY, STATS -> told(frame);
          case REPLY, FAILED -> answered(frame);
          case TASK, ASK -> throw new IOException("expected an answer, found " + frame.kind());
        }
      }
    } catch (IOException e) {
      // It has gone, or makes no sense: both end the connection.
    } finally {
      end();
    }
  }

  private void told(ServiceFrame frame) throws IOException {
    ServiceStats found = ServiceStats.decoded(frame.body());
    synchronized (this) {
      stats = found;
      statsCount++;
      if (found.answered() != answers || found.taken() > submitted) {
        complaint =
            "expected the service to have taken at most %d tasks and answered %d, found that it says %d and %d"
                .formatted(submitted, answers, found.taken(), found.answered());
      }
    }
    if (frame.kind() == Kind.READY) {
      listener.ready(this);
    }
  }

  private void answered(ServiceFrame frame) {
    synchronized (this) {
      answers++;
      open.remove(frame.task());
    }
    listener.answered(frame);
  }

  private void end() {
    Set<Integer> left;
    synchronized (this) {
      over = true;
      left = Set.copyOf(open);
      open.clear();
    }
    left.forEach(listener::lost);
    writer.interrupt();
  }

  /// What a failed answer says.
  static String words(ServiceFrame frame) {
    return new String(frame.body(), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    writer.interrupt();
    boolean interrupted = false;
    for (Thread thread : new Thread[] {reader, writer}) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
