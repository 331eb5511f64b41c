package dev.forklab.fork.pool;

import dev.forklab.fork.ForkedProcess;
import dev.forklab.fork.channel.ChannelBounds;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Signals;
import dev.forklab.workload.pool.TaskFailure.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A worker that is started, says hello, does one task again and again for some seconds, and is
/// asked to end: what an archive is recorded from. Each answer will do, also that the task threw.
final class WorkerRehearsal implements ForkedProcess.Listener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Long enough for the JVM to have seen which code is hot, and to have compiled it.
  private static final Duration LASTS = Duration.ofSeconds(3);

  private final FrameChannel channel;
  private final byte[] task;
  // Of the channel's thread.
  private long tasks;
  private long endNanos;

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
      endNanos = System.nanoTime() + LASTS.toNanos();
    }
    boolean failed = frame.kind() == FrameKind.THREW && frame.id() == 0;
    boolean done = failed || System.nanoTime() - endNanos >= 0;
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
  public void exited(ExitStatus status) {}

  @Override
  public void closed() {}
}
