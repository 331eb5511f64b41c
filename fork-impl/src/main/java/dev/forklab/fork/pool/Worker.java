package dev.forklab.fork.pool;

import dev.forklab.fork.ForkedProcess;
import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Written;
import dev.forklab.fork.process.ProcessSpec;
import dev.forklab.fork.process.Session;
import dev.forklab.fork.process.Signals;
import dev.forklab.fork.process.Stdio;
import dev.forklab.fork.process.WorkingDirectory;
import dev.forklab.workload.pool.TaskFailure.ExitStatus;
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
final class Worker {

  /// `STARTING -> READY -> ENDING`, and to `ENDING` from everywhere; then it is dropped.
  enum State {
    /// Started, not yet heard of.
    STARTING,
    /// Takes tasks.
    READY,
    /// Asked or known to end: takes no more tasks.
    ENDING
  }

  static final long NEVER = Long.MAX_VALUE;

  final Slot slot;
  final ForkedProcess process;
  final ArrayDeque<Task> held = new ArrayDeque<>();
  State state = State.STARTING;
  boolean wasReady;
  long doneCount;
  long startByNanos;
  long killAtNanos = NEVER;
  @Nullable IOException garbage;
  boolean distrusted;
  @Nullable String unfit;
  long evictAtNanos = NEVER;
  @Nullable Stoppage stoppage;
  long decideByNanos = NEVER;
  long recallAfterNanos = Long.MIN_VALUE;
  // Tasks taken back from it, of which it has yet to say that it did not start them.
  final Set<Long> recalled = new HashSet<>();
  boolean evicted;
  @Nullable Task victim;
  @Nullable Worker replaces;
  boolean replaced;
  boolean dismissed;
  boolean dueToEnd;
  boolean tooLarge;
  ExitStatus status = new ExitStatus(OptionalInt.empty(), OptionalInt.empty());

  private Worker(Slot slot, ForkedProcess process) {
    this.slot = slot;
    this.process = process;
  }

  /// Starts a child; `events` must not be used before [ForkedProcess#begin].
  static Worker start(Slot slot, ForkPoolOptions options, WorkerEvents events) throws IOException {
    ForkedProcess process =
        ForkedProcess.start(
            new ForkedProcess.Plan(
                options.pool().name() + "-" + slot.index(),
                socket -> spec(socket, options),
                true,
                false,
                OptionalInt.empty()),
            // The pool bounds what waits by the number of tasks; bytes would count it twice.
            new FrameChannel(options.bounds().withMaxQueuedBytes(Long.MAX_VALUE)),
            events);
    return new Worker(slot, process);
  }

  private static ProcessSpec spec(Path socket, ForkPoolOptions options) {
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

  /// What of the child's code is used: the workload's, and the codec's.
  private static String part(ForkPoolOptions options) {
    return options.workload().name() + ' ' + options.serialization();
  }

  /// Makes the archive that lets workers start faster, unless it is there.
  static boolean prepare(ForkPoolOptions options, byte[] task)
      throws IOException, InterruptedException {
    return options
        .java()
        .prepare(
            PoolChild.class,
            part(options),
            recording ->
                WorkerRehearsal.run(
                    options.bounds(),
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

  boolean takesTasks() {
    return state == State.READY && !slot.spare;
  }

  /// Gives it a task: it is written by the [#pump] that must follow outside the lock.
  void give(Task task) {
    held.add(task);
    enqueue(task.frame, task.sent());
  }

  /// The size of what it holds behind the task that it runs.
  int bytesBehind() {
    return held.stream().skip(1).mapToInt(task -> task.frame.body().length).sum();
  }

  /// What it holds behind the task that it runs, and was not yet asked not to start.
  List<Task> waiting() {
    return held.stream().skip(1).filter(task -> !task.revoked).toList();
  }

  /// Asks it not to start a task that it holds.
  void revoke(Task task) {
    revoke(task, Written.ignored());
  }

  void revoke(Task task, Written asked) {
    task.revoked = true;
    enqueue(Frame.bare(FrameKind.CANCEL, task.id), asked);
  }

  /// Asks it to end once it has done what it runs.
  void dismiss() {
    state = State.ENDING;
    dismissed = true;
    enqueue(Frame.bare(FrameKind.DISCONNECT, 0), Written.ignored());
  }

  private void enqueue(Frame frame, Written written) {
    try {
      process.channel().enqueue(frame, written);
    } catch (IOException e) {
      // Its channel has ended: so will it, and then what it holds is decided.
      garbage = garbage == null ? e : garbage;
    }
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
