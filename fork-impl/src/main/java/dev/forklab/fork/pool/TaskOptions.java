package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// How one task is treated, beside what its pool does with all.
///
/// @param limit how long it may run, from its start on a worker, before its worker is ended and its
///   future fails with [dev.forklab.workload.pool.TaskFailure.TimedOut]; empty for the pool's own
///   limit. It may be longer than the pool's
/// @param onProgress hears what the task reports with [TaskProgress] while it runs; called on the
///   worker's channel thread, in order, before the future completes
public record TaskOptions(Optional<Duration> limit, Consumer<byte[]> onProgress) {

  /// The pool's limit, and nobody who hears of progress.
  public static final TaskOptions DEFAULT = new TaskOptions(Optional.empty(), _ -> {});

  public TaskOptions {
    if (limit.isPresent() && !limit.get().isPositive()) {
      throw new IllegalArgumentException("expected a positive limit, found " + limit.get());
    }
  }

  public TaskOptions withLimit(Duration time) {
    return new TaskOptions(Optional.of(time), onProgress);
  }

  public TaskOptions withProgress(Consumer<byte[]> listener) {
    return new TaskOptions(limit, listener);
  }
}
