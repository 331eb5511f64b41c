package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Written;
import dev.forklab.fork.data.ChannelBounds;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.Stdio;
import dev.forklab.fork.launch.ForkedProcess;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Session;
import dev.forklab.fork.process.Signals;
import dev.forklab.fork.process.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One child of a pool, as the pool sees it. The pool's lock guards the mutable fields.
///
/// | stage | takes tasks | goes on when |
/// |---|---|---|
/// | `STARTING` | no | its greeting has come: [#ready] |
/// | `READY` | yes | it has done its tasks, or holds too much memory: [#wearOut] |
/// | `WORN` | yes | its successor is being started: [#retire] |
/// | `RETIRING` | yes | its successor is ready: [#dismiss] |
/// | `DISMISSED` | no: it ends after those that it holds | |
///
/// From every stage it may come to its [end][#end]: then it takes no tasks, and its stage says how
/// far it came.
final class Worker {

  /// In order.
  enum Stage {
    STARTING,
    READY,
    WORN,
    RETIRING,
    DISMISSED
  }

  static final long NEVER = Long.MAX_VALUE;

  final Slot slot;
  final ForkedProcess process;
  final WorkerStreams streams;
  // What it was given and has not answered: first what it runs.
  final ArrayDeque<Job<?>> held = new ArrayDeque<>();
  private Stage stage = Stage.STARTING;
  private @Nullable EndReason end;
  // Whom it replaces, until it is ready.
  @Nullable Worker replaces;
  long doneCount;
  // When it must be ready.
  long startByNanos;
  // When it is killed.
  long killAtNanos = NEVER;
  // Whether it has been seen to have nothing to do any more, once it was dismissed.
  boolean isDueToEnd;
  // When what it runs, which was cancelled, must have ended.
  long evictAtNanos = NEVER;
  // What is being decided while it stands still, and by when.
  @Nullable Stoppage stoppage;
  long decideByNanos = NEVER;
  // Before that, no more recalls.
  long recallAfterNanos = Long.MIN_VALUE;
  // Tasks taken back from it, of which it has yet to say that it did not start them.
  final Set<Long> recalled = new HashSet<>();
  // Why its channel took no more.
  private @Nullable IOException channelFailure;
  Exit exit = Exit.UNKNOWN;

  private Worker(Slot slot, ForkedProcess process, WorkerStreams streams) {
    this.slot = slot;
    this.process = process;
    this.streams = streams;
  }

  /// Starts a child; `events` must not be used before [ForkedProcess#begin].
  static Worker start(Slot slot, ForkPoolOptions<?, ?> options, WorkerEvents events)
      throws IOException {
    ForkedProcess process =
        ForkedProcess.start(
            new ForkedProcess.Plan(
                options.name + "-" + slot.index(),
                socket -> spec(socket, options),
                true,
                false,
                OptionalInt.empty()),
            new FrameChannel(bounds(options)),
            events);
    return new Worker(
        slot,
        process,
        new WorkerStreams(process.channel(), options.maxMessageBytes, events::violated));
  }

  private static ProcessSpec spec(Path socket, ForkPoolOptions<?, ?> options) {
    try {
      List<String> arguments = PoolChild.arguments(socket, options);
      return spec(
          options.java().leanCommand(PoolChild.class, part(options), arguments, socket),
          options.java().environment(),
          Stdio.INHERIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessSpec spec(
      List<String> command, Map<String, String> environment, Stdio output) {
    return new ProcessSpec(
        command,
        WorkingDirectory.orElsewhere(),
        environment,
        List.of(Stdio.IGNORE, output, output),
        Session.ENDS_WITH_IT);
  }

  /// Frames as long as messages may be, and a queue without a bound in bytes: the pool bounds what
  /// waits by the number of tasks, and bytes would count it twice.
  private static ChannelBounds bounds(ForkPoolOptions<?, ?> options) {
    return ChannelBounds.DEFAULT
        .withMaxFrameBytes(options.maxMessageBytes)
        .withMaxQueuedBytes(Long.MAX_VALUE);
  }

  /// What of the child's code is used: the task's and the codec's. Its arguments do not count,
  /// since most of them are data.
  private static String part(ForkPoolOptions<?, ?> options) {
    return options.task.getName() + ' ' + options.serialization + ' ' + options.archiveName;
  }

  /// Makes the archive that lets workers start faster, unless it is there.
  static boolean prepare(ForkPoolOptions<?, ?> options, byte[] task)
      throws IOException, InterruptedException {
    return options
        .java()
        .prepare(
            PoolChild.class,
            part(options),
            recording ->
                WorkerRehearsal.run(
                    bounds(options),
                    task,
                    socket ->
                        spec(
                            recording.command(
                                PoolChild.class.getName(), PoolChild.arguments(socket, options)),
                            recording.environment(),
                            Stdio.IGNORE)));
  }

  long pid() {
    return process.process().pid();
  }

  // ---- Its stages ----

  /// Its greeting has come. False if it is late: it is being ended already.
  boolean ready() {
    return advance(Stage.STARTING, Stage.READY);
  }

  /// It is to be replaced.
  void wearOut() {
    advance(Stage.READY, Stage.WORN);
  }

  /// Its successor is being started. False if it need not be replaced.
  boolean retire() {
    return advance(Stage.WORN, Stage.RETIRING);
  }

  private boolean advance(Stage from, Stage to) {
    boolean goesOn = stage == from && end == null;
    if (goesOn) {
      stage = to;
    }
    return goesOn;
  }

  /// Asks it to end once it has done what it holds.
  void dismiss() {
    stage = Stage.DISMISSED;
    enqueue(Frame.bare(FrameKind.DISCONNECT, 0), Written.ignored());
  }

  /// It is at its end. The first reason counts; but what it was ended for counts more than that it
  /// is gone.
  void end(EndReason why) {
    if (end == null || end instanceof EndReason.Gone) {
      end = why;
    }
  }

  boolean isEnding() {
    return end != null;
  }

  /// Why it is at its end; null while it is not.
  @Nullable EndReason endReason() {
    return end;
  }

  /// The task for which it was ended.
  @Nullable Job<?> victim() {
    return end instanceof EndReason.Evicted(Job<?> victim, _) ? victim : null;
  }

  /// Whether what is behind that task was taken back from it.
  boolean wasEvictedAtRest() {
    return end instanceof EndReason.Evicted(_, boolean atRest) && atRest;
  }

  boolean isStarting() {
    return stage == Stage.STARTING && end == null;
  }

  boolean wasReady() {
    return stage != Stage.STARTING;
  }

  /// Whether its successor has been seen to.
  boolean isReplaced() {
    return stage.compareTo(Stage.RETIRING) >= 0;
  }

  boolean isDismissed() {
    return stage == Stage.DISMISSED;
  }

  /// Whether it would take tasks, were it no spare.
  boolean isUp() {
    return end == null && wasReady() && !isDismissed();
  }

  boolean takesTasks() {
    return isUp() && !slot.spare;
  }

  // ---- Its tasks ----

  /// Gives it a task: it is written by the [#pump] that must follow outside the lock.
  void give(Job<?> task) {
    held.add(task);
    task.name().ifPresent(name -> enqueue(name, Written.ignored()));
    enqueue(task.frame, task.sent());
  }

  /// The size of what it holds behind the task that it runs.
  int bytesBehind() {
    return held.stream().skip(1).mapToInt(task -> task.frame.body().length).sum();
  }

  /// What it holds behind the task that it runs, and was not yet asked not to start.
  List<Job<?>> waiting() {
    return held.stream().skip(1).filter(task -> !task.revoked).toList();
  }

  /// Asks it not to start a task that it holds.
  void revoke(Job<?> task) {
    revoke(task, Written.ignored());
  }

  void revoke(Job<?> task, Written asked) {
    task.revoked = true;
    enqueue(Frame.bare(FrameKind.CANCEL, task.id), asked);
  }

  private void enqueue(Frame frame, Written written) {
    try {
      process.channel().enqueue(frame, written);
    } catch (IOException e) {
      // Its channel has ended: so will it, and then what it holds is decided.
      channelFailure = channelFailure == null ? e : channelFailure;
    }
  }

  /// What was wrong with what it wrote, or with writing to it; null if nothing was.
  @Nullable IOException whatWasWrong() {
    return end instanceof EndReason.Garbage(IOException found) ? found : channelFailure;
  }

  void pump() {
    process.channel().pump();
  }

  void kill() {
    process.process().kill(Signals.SIGKILL);
  }

  /// Ends it with its shutdown hooks, whatever it runs. It takes SIGTERM for its parent's.
  void terminate() {
    process.process().kill(Signals.SIGHUP);
  }

  /// Lets a stopped worker go on.
  void resume() {
    process.process().kill(Signals.SIGCONT);
  }

  /// A place for a worker: its index, and how its workers fared. Guarded by the pool's lock.
  static final class Slot {
    private final int index;
    int deathsInARow;
    boolean spare;

    Slot(int index) {
      this.index = index;
    }

    int index() {
      return index;
    }
  }
}
