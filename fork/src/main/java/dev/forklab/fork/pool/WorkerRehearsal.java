package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A worker that is started, says hello, does one task again and again, and is asked to end: what
/// an archive is recorded from. Each answer will do, also that the task threw.
///
/// For some seconds, and until each method that a task calls once has been called often enough for
/// the JVM's best compiler (5,000 times): what it has not compiled by then, the archive cannot ask
/// for, and each worker needs as many tasks to find it out again.
final class WorkerRehearsal implements ForkedProcess.Listener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long ENOUGH_TASKS = 12_000;
  private static final Duration LEAST = Duration.ofSeconds(3);
  private static final Duration MOST = Duration.ofSeconds(12);

  private final FrameChannel channel;
  private final byte[] task;
  // Of the channel's thread.
  private long tasks;
  private long helloNanos;

  private WorkerRehearsal(FrameChannel channel, byte[] task) {
    this.channel = channel;
    this.task = task;
  }

  /// @param task the body of the task that it does
  /// @throws IOException if it cannot be started, or does not end
  static void run(ChannelBounds bounds, byte[] task, Function<Path, ProcessSpec> spec)
      throws IOException, InterruptedException {
    FrameChannel channel = new FrameChannel(bounds);
    ForkedProcess process =
        ForkedProcess.start(
            new ForkedProcess.Plan("rehearsal", spec, true, false, OptionalInt.empty()),
            channel,
            new WorkerRehearsal(channel, task));
    process.begin();
    if (!process.awaitClosed(PATIENCE)) {
      process.process().kill(Signals.SIGKILL);
      throw new IOException("expected a worker to end when asked to, but it did not");
    }
  }

  @Override
  public void frame(Frame frame) {
    if (frame.kind() == FrameKind.HELLO) {
      helloNanos = System.nanoTime();
    }
    boolean failed = frame.kind() == FrameKind.THREW && frame.id() == 0;
    long nanos = System.nanoTime() - helloNanos;
    boolean done = failed || nanos >= (tasks < ENOUGH_TASKS ? MOST : LEAST).toNanos();
    try {
      channel.send(
          done ? Frame.bare(FrameKind.DISCONNECT, 0) : new Frame(FrameKind.TASK, ++tasks, task));
    } catch (IOException e) {
      channel.close(); // It has ended already.
    }
  }

  @Override
  public void channelEnded(@Nullable IOException failure) {}

  @Override
  public void exited(Exit status) {}

  @Override
  public void closed() {}
}
