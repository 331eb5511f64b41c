package dev.forklab.fork.pool;

import dev.forklab.fork.JavaCommand;
import dev.forklab.fork.channel.ChannelBounds;
import dev.forklab.fork.codec.Serialization;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a [ForkPool] is built with.
///
/// @param pool what every model's pool is built with
/// @param workload what the children run
/// @param serialization how messages travel
/// @param java the children's `java`, flags, class path and environment
/// @param prefetch how many tasks a child holds at once: the one it runs, and those that wait in
///   its channel so that it never waits for the next; 1 to [#MAX_PREFETCH]. None waits behind a
///   task that takes more than 20 ms: it is called back, for which the child is stopped (`SIGSTOP`)
///   for a moment. With 1 nothing ever waits there, and no healthy child is ever stopped
/// @param startTimeout how long a child may take until it is ready
/// @param grace how long a child that was asked to end may take before it is killed
/// @param restarts when and how often a dead child is replaced
/// @param bounds how much each child's channel may hold
/// @param policy retries, recycling, spares, initializer
public record ForkPoolOptions(
    PoolOptions pool,
    WorkloadSpec workload,
    Serialization serialization,
    JavaCommand java,
    int prefetch,
    Duration startTimeout,
    Duration grace,
    RestartPolicy restarts,
    ChannelBounds bounds,
    WorkerPolicy policy) {

  /// The most tasks that one child may hold.
  public static final int MAX_PREFETCH = 64;

  private static final int DEFAULT_PREFETCH = 2;

  public ForkPoolOptions {
    if (prefetch < 1 || prefetch > MAX_PREFETCH) {
      throw new IllegalArgumentException(
          "expected a prefetch of 1 to " + MAX_PREFETCH + " tasks, found " + prefetch);
    }
    if (!startTimeout.isPositive() || grace.isNegative()) {
      throw new IllegalArgumentException(
          "expected a positive start timeout and a grace of zero or more, found "
              + startTimeout
              + " and "
              + grace);
    }
  }

  /// JSON, this JVM's `java` and class path, one task running and one waiting per child, a minute
  /// to start, two seconds of grace.
  ///
  /// @throws IllegalStateException as [JavaCommand#ofThisJvm] says
  public static ForkPoolOptions of(PoolOptions pool, WorkloadSpec workload) {
    return of(pool, workload, JavaCommand.ofThisJvm());
  }

  /// The same with another `java` or class path.
  public static ForkPoolOptions of(PoolOptions pool, WorkloadSpec workload, JavaCommand java) {
    return new ForkPoolOptions(
        pool,
        workload,
        Serialization.JSON,
        java,
        DEFAULT_PREFETCH,
        Duration.ofMinutes(1),
        Duration.ofSeconds(2),
        RestartPolicy.forWorkers(pool.workers()),
        ChannelBounds.DEFAULT,
        WorkerPolicy.DEFAULT);
  }

  public ForkPoolOptions withSerialization(Serialization mode) {
    return with(to -> to.serialization = mode);
  }

  /// Flags of the children's JVMs, after (and so before in force) the lean defaults.
  public ForkPoolOptions withJvmArgs(List<String> args) {
    return withJava(java.withJvmArgs(args));
  }

  /// How far each child's heap may grow, in bytes, from 2 MiB; by default what `java` takes, a
  /// quarter of the machine's memory.
  public ForkPoolOptions withHeapLimit(long bytes) {
    return withJava(java.withHeapLimit(bytes));
  }

  /// Whether a child ends when its heap is exhausted, and so its task with it
  /// ([dev.forklab.workload.pool.TaskFailure.WorkerDied], exit code 3), instead of failing that
  /// task with the [OutOfMemoryError] and going on. By default it goes on.
  public ForkPoolOptions withExitOnOutOfMemory(boolean exits) {
    return withJava(java.withExitOnOutOfMemory(exits));
  }

  /// All of the children's environment, in place of this process's own.
  public ForkPoolOptions withEnvironment(Map<String, String> variables) {
    return withJava(java.withEnvironment(variables));
  }

  public ForkPoolOptions withJava(JavaCommand command) {
    return with(to -> to.java = command);
  }

  public ForkPoolOptions withPrefetch(int tasks) {
    return with(to -> to.prefetch = tasks);
  }

  public ForkPoolOptions withGrace(Duration time) {
    return with(to -> to.grace = time);
  }

  public ForkPoolOptions withStartTimeout(Duration time) {
    return with(to -> to.startTimeout = time);
  }

  public ForkPoolOptions withRestarts(RestartPolicy restarting) {
    return with(to -> to.restarts = restarting);
  }

  public ForkPoolOptions withBounds(ChannelBounds channel) {
    return with(to -> to.bounds = channel);
  }

  public ForkPoolOptions withPolicy(WorkerPolicy workers) {
    return with(to -> to.policy = workers);
  }

  public ForkPoolOptions withPool(PoolOptions options) {
    return with(to -> to.pool = options);
  }

  private ForkPoolOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /// The same components, to be changed.
  private static final class Draft {
    private PoolOptions pool;
    private final WorkloadSpec workload;
    private Serialization serialization;
    private JavaCommand java;
    private int prefetch;
    private Duration startTimeout;
    private Duration grace;
    private RestartPolicy restarts;
    private ChannelBounds bounds;
    private WorkerPolicy policy;

    Draft(ForkPoolOptions from) {
      pool = from.pool;
      workload = from.workload;
      serialization = from.serialization;
      java = from.java;
      prefetch = from.prefetch;
      startTimeout = from.startTimeout;
      grace = from.grace;
      restarts = from.restarts;
      bounds = from.bounds;
      policy = from.policy;
    }

    ForkPoolOptions done() {
      return new ForkPoolOptions(
          pool,
          workload,
          serialization,
          java,
          prefetch,
          startTimeout,
          grace,
          restarts,
          bounds,
          policy);
    }
  }
}
