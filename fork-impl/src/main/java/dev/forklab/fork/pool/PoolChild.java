package dev.forklab.fork.pool;

import dev.forklab.fork.channel.ChannelBounds;
import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.ChildEnd;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.Serialization;
import dev.forklab.fork.codec.TaskCodec;
import dev.forklab.fork.codec.Thrown;
import dev.forklab.workload.Kernel;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.ThreadState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The main class of a pool's child: takes tasks in order, runs each on the main thread, replies.
///
/// The order is what lets the parent know which task may have started when this process dies: a
/// reply is in the socket, whole, before the next task starts; and what the parent asked (not to
/// start a task, to end) is read before each start.
public final class PoolChild {

  /// The exit code of a child that could not make its kernel.
  static final int NO_KERNEL_EXIT_CODE = 112;

  private final FrameChannel channel;
  private final TaskCodec codec;
  private final Kernel kernel;
  private final int maxFrameBytes;
  // By their ids, in order. One that was cancelled before its start is a CANCEL in its place.
  private final SequencedMap<Long, Frame> tasks = new LinkedHashMap<>();
  private boolean ending;
  // As the initializer left the main thread, which runs the tasks.
  private final ThreadState home = ThreadState.ofCurrent();

  private PoolChild(FrameChannel channel, TaskCodec codec, Kernel kernel, int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
    this.channel = channel;
    this.codec = codec;
    this.kernel = kernel;
  }

  /// What the child must know, as the arguments of its main method.
  static List<String> arguments(Path socket, ForkPoolOptions options) {
    return List.of(
        socket.toString(),
        options.serialization().name(),
        Integer.toString(options.bounds().maxFrameBytes()),
        options.workload().name(),
        Integer.toString(options.workload().iterations()),
        options.policy().initializer().orElse(""));
  }

  /// Started by the pool only.
  public static void main(String[] args) throws IOException {
    if (args.length != 6) {
      throw new IllegalArgumentException(
          "expected the 6 arguments that a ForkPool gives, found " + args.length);
    }
    ChannelBounds bounds = ChannelBounds.DEFAULT.withMaxFrameBytes(Integer.parseInt(args[2]));
    try (FrameChannel channel = ChildEnd.connect(Path.of(args[0]), bounds, false).channel()) {
      Kernel kernel;
      try {
        initialize(args[5]);
        kernel = new WorkloadSpec(args[3], Integer.parseInt(args[4])).kernel();
      } catch (RuntimeException | ReflectiveOperationException | Error e) {
        channel.send(new Frame(FrameKind.THREW, 0, Thrown.of(e).encode(bounds.maxFrameBytes())));
        channel.flush();
        Runtime.getRuntime().halt(NO_KERNEL_EXIT_CODE);
        return;
      }
      TaskCodec codec = TaskCodec.of(Serialization.valueOf(args[1]));
      channel.send(Frame.bare(FrameKind.HELLO, ProcessHandle.current().pid()));
      leaveSignals(); // While the parent reads that: it takes a moment.
      new PoolChild(channel, codec, kernel, bounds.maxFrameBytes()).run();
    } catch (ChannelClosedException _) {
      // The parent has closed the channel, or is gone: nobody waits for an answer or an
      // explanation.
      return;
    }
  }

  /// On a module path its module may be missing: a session of its own still keeps Ctrl-C away.
  private static void leaveSignals() {
    if (ModuleLayer.boot().findModule("jdk.unsupported").isPresent()) {
      ParentsSignals.leave();
    }
  }

  private static void initialize(String type) throws ReflectiveOperationException {
    if (!type.isEmpty()) {
      Class.forName(type).asSubclass(Runnable.class).getConstructor().newInstance().run();
    }
  }

  private void run() throws IOException {
    // Asked to end, it does first what it was given before: those tasks count on it.
    while (!ending || !tasks.isEmpty()) {
      if (tasks.isEmpty()) {
        channel.await();
      }
      if (!channel.readAvailable(this::accept)) {
        return;
      }
      Map.Entry<Long, Frame> task = tasks.pollFirstEntry();
      if (task != null) {
        channel.send(outcome(task.getValue()));
        channel.flush();
      }
    }
  }

  private void accept(Frame frame) {
    switch (frame.kind()) {
      case TASK -> tasks.put(frame.id(), frame);
      case CANCEL -> tasks.replace(frame.id(), frame); // Unless it has started.
      case DISCONNECT -> ending = true;
      default -> throw new IllegalStateException("expected a task, found a frame " + frame.kind());
    }
  }

  private void report(long task, byte[] progress) throws IOException {
    if (!channel.send(new Frame(FrameKind.PROGRESS, task, progress))) {
      channel.flush();
    }
  }

  private void requireRoom(long bytes) {
    if (bytes > maxFrameBytes) {
      throw new IllegalStateException(
          "expected a reply of at most "
              + maxFrameBytes
              + " encoded bytes, found "
              + bytes
              + "; raise the channel's frame bound");
    }
  }

  private Frame outcome(Frame task) {
    if (task.kind() == FrameKind.CANCEL) {
      return Frame.bare(FrameKind.CANCELLED, task.id());
    }
    try {
      if (task.isUnreadable()) {
        throw Frame.noMemory();
      }
      byte[] message = codec.decode(task.body());
      byte[] reply =
          ScopedValue.where(TaskProgress.CURRENT, progress -> report(task.id(), progress))
              .call(() -> kernel.apply(message));
      requireRoom(codec.encodedBytes(reply.length));
      return new Frame(FrameKind.REPLY, task.id(), codec.encode(reply));
    } catch (Throwable e) {
      return new Frame(FrameKind.THREW, task.id(), Thrown.of(e).encode(maxFrameBytes));
    } finally {
      home.restore();
    }
  }
}
