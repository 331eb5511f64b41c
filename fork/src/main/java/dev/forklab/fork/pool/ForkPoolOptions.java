package dev.forklab.fork.pool;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.fork.launch.StartArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a [ForkPool] is built with: made with [ForkPool#with], changed by the methods below, each
/// of which gives a changed copy. Immutable.
///
/// @param <Q> a request
/// @param <R> a reply
public final class ForkPoolOptions<Q, R extends @Nullable Object> implements Cloneable {

  /// The most workers that a pool accepts: a bound on mistakes, far above any machine's use.
  public static final int MAX_WORKERS = 4096;

  /// The most tasks that a pool lets wait: a bound on mistakes likewise.
  public static final int MAX_QUEUE = 1 << 20;

  /// The most tasks that one worker may hold.
  public static final int MAX_PREFETCH = 64;

  private static final int QUEUED_PER_WORKER = 16;
  private static final int MAX_RETRIES = 16;
  private static final int MAX_SPARES = 64;
  private static final int DEFAULT_MESSAGE_BYTES = 128 << 20;

  // Changed by copy's caller only, before anyone else knows the copy.
  final Class<? extends Task<Q, R>> task;
  String name;
  int workers = Runtime.getRuntime().availableProcessors();
  private OptionalInt queue = OptionalInt.empty();
  WhenFull whenFull = WhenFull.BLOCK;
  Optional<Duration> taskTimeout = Optional.empty();
  Duration drain = Duration.ofSeconds(10);
  List<String> args = List.of();
  String archiveName = "";
  Serialization serialization = Serialization.JSON;
  private @Nullable JavaCommand java;
  int prefetch = 2;
  Duration startTimeout = Duration.ofMinutes(1);
  Duration grace = Duration.ofSeconds(2);
  private @Nullable RestartPolicy restarts;
  int maxMessageBytes = DEFAULT_MESSAGE_BYTES;
  int retries;
  long recycleAfter;
  long recycleAbove;
  int spares;
  Duration cancelPatience = Duration.ofMillis(100);

  ForkPoolOptions(Class<? extends Task<Q, R>> task) {
    this.task = task;
    this.name = task.getSimpleName();
  }

  private ForkPoolOptions<Q, R> with(Consumer<ForkPoolOptions<Q, R>> change) {
    try {
      @SuppressWarnings("unchecked")
      ForkPoolOptions<Q, R> copy = (ForkPoolOptions<Q, R>) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /// Starts the pool: [ForkPool#open].
  ///
  /// @throws IOException as [ForkPool#open] says
  public ForkPool<Q, R> open() throws IOException {
    return ForkPool.open(this);
  }

  // ---- The pool ----

  /// The name that its threads, its log messages and its MBean carry; the task's by default.
  public ForkPoolOptions<Q, R> name(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("expected a pool's name, found a blank one");
    }
    return with(to -> to.name = value);
  }

  /// How many tasks may run at once, each in a process of its own: 1 to [#MAX_WORKERS]; as many as
  /// there are CPUs by default.
  public ForkPoolOptions<Q, R> workers(int count) {
    requireWithin("workers", 1, MAX_WORKERS, count);
    return with(to -> to.workers = count);
  }

  /// How many tasks may wait beyond those that run: 1 to [#MAX_QUEUE]; 16 per worker by default.
  public ForkPoolOptions<Q, R> queue(int capacity) {
    requireWithin("tasks that wait", 1, MAX_QUEUE, capacity);
    return with(to -> to.queue = OptionalInt.of(capacity));
  }

  /// What `submit` does when that many wait; [WhenFull#BLOCK] by default.
  public ForkPoolOptions<Q, R> whenFull(WhenFull policy) {
    return with(to -> to.whenFull = policy);
  }

  /// How long one task may run, from its start on a worker, before its future fails with
  /// [TaskFailure.TimedOut] and its worker is replaced; without limit by default.
  public ForkPoolOptions<Q, R> taskTimeout(Duration limit) {
    requirePositive("task timeout", limit);
    return with(to -> to.taskTimeout = Optional.of(limit));
  }

  /// How long [ForkPool#close()] lets the tasks taken finish; 10 seconds by default.
  public ForkPoolOptions<Q, R> drain(Duration time) {
    requireNotNegative("drain time", time);
    return with(to -> to.drain = time);
  }

  /// How requests and replies travel: [Serialization#JSON] by default, or as they are.
  public ForkPoolOptions<Q, R> serialization(Serialization mode) {
    return with(to -> to.serialization = mode);
  }

  /// The longest request or reply, encoded, in bytes; 128 MiB by default.
  public ForkPoolOptions<Q, R> maxMessageBytes(int bytes) {
    requireWithin("bytes", 1, Integer.MAX_VALUE, bytes);
    return with(to -> to.maxMessageBytes = bytes);
  }

  /// How many tasks a worker holds at once: the one it runs, and those that wait in its channel so
  /// that it never waits for the next; 1 to [#MAX_PREFETCH], 2 by default. None waits behind a task
  /// that takes more than 20 ms: it is called back, for which the worker is stopped (`SIGSTOP`) for
  /// a moment. With 1 nothing ever waits there, and no healthy worker is ever stopped.
  public ForkPoolOptions<Q, R> prefetch(int tasks) {
    requireWithin("tasks", 1, MAX_PREFETCH, tasks);
    return with(to -> to.prefetch = tasks);
  }

  // ---- The workers' JVMs ----

  /// What [Task#start] is given in each worker. Short text: it is part of a command line.
  public ForkPoolOptions<Q, R> args(String... values) {
    List<String> copy = List.of(values);
    return with(to -> to.args = copy);
  }

  /// How far each worker's heap may grow, in bytes, from 2 MiB; by default what `java` takes, a
  /// quarter of the machine's memory.
  public ForkPoolOptions<Q, R> heapLimit(long bytes) {
    return java(java().withHeapLimit(bytes));
  }

  /// The same as `java` takes it: `"256m"`.
  public ForkPoolOptions<Q, R> heapLimit(String size) {
    return java(java().withHeapLimit(size));
  }

  /// Whether a worker ends when its heap is exhausted, and so its task with it
  /// ([TaskFailure.WorkerDied], exit code 3), instead of failing that task with the
  /// [OutOfMemoryError] and going on. By default it goes on.
  public ForkPoolOptions<Q, R> exitOnOutOfMemory(boolean exits) {
    return java(java().withExitOnOutOfMemory(exits));
  }

  /// Flags of the workers' JVMs, behind (and so in force over) those of a lean child and those set
  /// here before. This JVM's own are not inherited.
  public ForkPoolOptions<Q, R> execArgv(String... flags) {
    return java(java().and(Arrays.asList(flags)));
  }

  /// The `java` to run; this JVM's own by default.
  public ForkPoolOptions<Q, R> execPath(Path launcher) {
    return java(java().withLauncher(launcher));
  }

  /// The workers' class path; this JVM's by default. This library and what it needs must be on it.
  public ForkPoolOptions<Q, R> classPath(String path) {
    return java(java == null ? JavaCommand.ofClassPath(path) : java.withClassPath(path));
  }

  /// All of the workers' environment, in place of this process's own.
  public ForkPoolOptions<Q, R> env(Map<String, String> variables) {
    return java(java().withEnvironment(variables));
  }

  /// The directory of the archives that let workers start faster, once [ForkPool#prepare] has made
  /// them; as [dev.forklab.fork.ForkOptions.Builder#startArchive] says.
  public ForkPoolOptions<Q, R> startArchive(Path directory) {
    return java(java().withArchive(StartArchive.in(directory)));
  }

  /// Which of several archives of the same task the workers use, for a task whose arguments decide
  /// which code runs: workers of one name share an archive, whatever their arguments are.
  public ForkPoolOptions<Q, R> startArchiveName(String name) {
    return with(to -> to.archiveName = name);
  }

  /// Starts workers without an archive.
  public ForkPoolOptions<Q, R> noStartArchive() {
    return java(java().withArchive(StartArchive.NONE));
  }

  private ForkPoolOptions<Q, R> java(JavaCommand command) {
    return with(to -> to.java = command);
  }

  // ---- How workers are treated ----

  /// How long a worker may take until it is ready; a minute by default.
  public ForkPoolOptions<Q, R> startTimeout(Duration time) {
    requirePositive("start timeout", time);
    return with(to -> to.startTimeout = time);
  }

  /// How long a worker that was asked to end may take before it is killed; 2 seconds by default.
  public ForkPoolOptions<Q, R> grace(Duration time) {
    requireNotNegative("grace", time);
    return with(to -> to.grace = time);
  }

  /// How long a running task that was cancelled may still take before its worker is ended: short
  /// tasks end by themselves sooner than a JVM starts, and others can look at
  /// [TaskContext#isCancelled]; 100 ms by default.
  public ForkPoolOptions<Q, R> cancelPatience(Duration time) {
    requireNotNegative("patience", time);
    return with(to -> to.cancelPatience = time);
  }

  /// How many times a task whose worker died is given to another, 0 to 16; 0, the default, is *at
  /// most once*. With more, a task may run more than once: *at least once*. A task that has cost so
  /// many workers and one more is quarantined: it fails, and is given to no other.
  public ForkPoolOptions<Q, R> retries(int count) {
    requireWithin("retries", 0, MAX_RETRIES, count);
    return with(to -> to.retries = count);
  }

  /// How many tasks a worker does before it is replaced; 0, the default, for no limit.
  public ForkPoolOptions<Q, R> recycleAfter(long tasks) {
    requireWithin("tasks", 0, Long.MAX_VALUE, tasks);
    return with(to -> to.recycleAfter = tasks);
  }

  /// How much resident memory a worker may hold before it is replaced, in bytes; 0, the default,
  /// for no limit. Looked at once a second, on Linux. A worker that holds more before its first
  /// task counts as one that did not start.
  public ForkPoolOptions<Q, R> recycleAbove(long bytes) {
    requireWithin("bytes", 0, Long.MAX_VALUE, bytes);
    return with(to -> to.recycleAbove = bytes);
  }

  /// How many more workers stand ready to take the place of one that dies, 0 to 64; none by
  /// default.
  public ForkPoolOptions<Q, R> spares(int count) {
    requireWithin("spares", 0, MAX_SPARES, count);
    return with(to -> to.spares = count);
  }

  /// When and how often a dead worker is replaced; [RestartPolicy#forWorkers] by default.
  public ForkPoolOptions<Q, R> restarts(RestartPolicy policy) {
    return with(to -> to.restarts = policy);
  }

  // ---- What the pool reads ----

  /// The same with what is found out once for all workers.
  ForkPoolOptions<Q, R> settled() {
    return java(java().opening(task.getName()));
  }

  int queue() {
    return queue.orElse(workers * QUEUED_PER_WORKER);
  }

  RestartPolicy restarts() {
    RestartPolicy given = restarts;
    return given == null ? RestartPolicy.forWorkers(workers) : given;
  }

  /// @throws IllegalStateException as [JavaCommand#ofThisJvm] says
  JavaCommand java() {
    JavaCommand given = java;
    return given == null ? JavaCommand.ofThisJvm() : given;
  }

  private static void requireWithin(String what, long least, long most, long found) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          most == Long.MAX_VALUE || most == Integer.MAX_VALUE
              ? "expected %s or more %s, found %s".formatted(least, what, found)
              : "expected %s to %s %s, found %s".formatted(least, most, what, found));
    }
  }

  private static void requirePositive(String what, Duration found) {
    if (!found.isPositive()) {
      throw new IllegalArgumentException("expected a positive %s, found %s".formatted(what, found));
    }
  }

  private static void requireNotNegative(String what, Duration found) {
    if (found.isNegative()) {
      throw new IllegalArgumentException(
          "expected a %s of zero or more, found %s".formatted(what, found));
    }
  }
}
