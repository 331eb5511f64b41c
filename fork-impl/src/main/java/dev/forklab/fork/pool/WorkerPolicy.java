package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.Optional;

/// How workers are treated beyond the pool's contract. [#DEFAULT] adds nothing.
///
/// @param retries how many times a task whose worker died is given to another; 0, the default, is
///   at most once. With more, a task may run more than once: *at least once*. A task that has cost
///   so many workers and one more is quarantined: it fails, and is given to no other.
/// @param recycleAfterTasks how many tasks a worker does before it is replaced; 0 for no limit
/// @param recycleAboveBytes how much resident memory a worker may hold before it is replaced; 0 for
///   no limit. Looked at once a second, on Linux. A worker that holds more before its first task
///   counts as one that did not start.
/// @param spares how many more children stand ready to take the place of one that dies
/// @param initializer the name of a [Runnable] class that each child runs before its first task
/// @param cancelPatience how long a running task that was cancelled may still take before its
///   worker is ended: short tasks end by themselves sooner than a JVM starts
public record WorkerPolicy(
    int retries,
    long recycleAfterTasks,
    long recycleAboveBytes,
    int spares,
    Optional<String> initializer,
    Duration cancelPatience) {

  static final int MAX_RETRIES = 16;
  static final int MAX_SPARES = 64;

  /// No retry, no recycling, no spares, no initializer, 100 ms of patience after a cancel.
  public static final WorkerPolicy DEFAULT =
      new WorkerPolicy(0, 0, 0, 0, Optional.empty(), Duration.ofMillis(100));

  public WorkerPolicy {
    if (retries < 0 || retries > MAX_RETRIES) {
      throw new IllegalArgumentException(
          "expected 0 to " + MAX_RETRIES + " retries, found " + retries);
    }
    if (spares < 0 || spares > MAX_SPARES) {
      throw new IllegalArgumentException(
          "expected 0 to " + MAX_SPARES + " spares, found " + spares);
    }
    if (recycleAfterTasks < 0 || recycleAboveBytes < 0 || cancelPatience.isNegative()) {
      throw new IllegalArgumentException(
          "expected limits of zero or more, found %s tasks, %s bytes, %s"
              .formatted(recycleAfterTasks, recycleAboveBytes, cancelPatience));
    }
  }

  public WorkerPolicy withRetries(int count) {
    return new WorkerPolicy(
        count, recycleAfterTasks, recycleAboveBytes, spares, initializer, cancelPatience);
  }

  public WorkerPolicy withRecycleAfterTasks(long count) {
    return new WorkerPolicy(retries, count, recycleAboveBytes, spares, initializer, cancelPatience);
  }

  public WorkerPolicy withRecycleAboveBytes(long bytes) {
    return new WorkerPolicy(retries, recycleAfterTasks, bytes, spares, initializer, cancelPatience);
  }

  public WorkerPolicy withSpares(int count) {
    return new WorkerPolicy(
        retries, recycleAfterTasks, recycleAboveBytes, count, initializer, cancelPatience);
  }

  public WorkerPolicy withInitializer(Class<? extends Runnable> type) {
    return new WorkerPolicy(
        retries,
        recycleAfterTasks,
        recycleAboveBytes,
        spares,
        Optional.of(type.getName()),
        cancelPatience);
  }

  public WorkerPolicy withCancelPatience(Duration time) {
    return new WorkerPolicy(
        retries, recycleAfterTasks, recycleAboveBytes, spares, initializer, time);
  }
}
