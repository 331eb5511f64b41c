package dev.forklab.workload.pool;

import dev.forklab.fork.pool.WhenFull;
import java.time.Duration;
import java.util.Optional;

/// What every model's pool is built with.
///
/// @param name the role name that its threads and processes carry
/// @param workers how many tasks may run at once, from 1 to [#MAX_WORKERS]
/// @param queueCapacity how many tasks may wait beyond those that run, from 1 to
///   [#MAX_QUEUE_CAPACITY]
/// @param whenFull what `submit` does when that many wait
/// @param taskTimeout how long one task may run, from its start on a worker, before its future
///   fails with [TaskFailure.TimedOut]; empty for no limit
/// @param drain how long [WorkerPool#close()] lets the tasks taken finish
public record PoolOptions(
    String name,
    int workers,
    int queueCapacity,
    WhenFull whenFull,
    Optional<Duration> taskTimeout,
    Duration drain) {

  /// The most workers that a pool accepts: a bound on mistakes, far above any machine's use.
  public static final int MAX_WORKERS = 4096;

  /// The most tasks that a pool lets wait: a bound on mistakes likewise.
  public static final int MAX_QUEUE_CAPACITY = 1 << 20;

  private static final int QUEUED_PER_WORKER = 16;
  private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

  public PoolOptions {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a pool's name, found a blank one");
    }
    if (workers < 1 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAX_WORKERS + " workers, found " + workers);
    }
    if (queueCapacity < 1 || queueCapacity > MAX_QUEUE_CAPACITY) {
      throw new IllegalArgumentException(
          "expected a queue capacity of 1 to " + MAX_QUEUE_CAPACITY + ", found " + queueCapacity);
    }
    if (taskTimeout.isPresent() && !taskTimeout.get().isPositive()) {
      throw new IllegalArgumentException(
          "expected a positive task timeout, found " + taskTimeout.get());
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("expected a drain time of zero or more, found " + drain);
    }
  }

  /// Blocking pool of `workers` workers with a queue of 16 tasks per worker, no task timeout and
  /// ten seconds to drain.
  public static PoolOptions ofWorkers(String name, int workers) {
    return new PoolOptions(
        name,
        workers,
        Math.max(1, workers) * QUEUED_PER_WORKER,
        WhenFull.BLOCK,
        Optional.empty(),
        DEFAULT_DRAIN);
  }

  public PoolOptions withQueueCapacity(int capacity) {
    return new PoolOptions(name, workers, capacity, whenFull, taskTimeout, drain);
  }

  public PoolOptions withWhenFull(WhenFull policy) {
    return new PoolOptions(name, workers, queueCapacity, policy, taskTimeout, drain);
  }

  public PoolOptions withTaskTimeout(Duration timeout) {
    return new PoolOptions(name, workers, queueCapacity, whenFull, Optional.of(timeout), drain);
  }

  public PoolOptions withDrain(Duration time) {
    return new PoolOptions(name, workers, queueCapacity, whenFull, taskTimeout, time);
  }
}
