package dev.forklab.fork.pool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what becomes of tasks and workers. Written by any thread.
final class Counters {

  final LongAdder submitted = new LongAdder();
  final LongAdder deaths = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final LongAdder recycled = new LongAdder();
  final LongAdder restarts = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder recalled = new LongAdder();
  final LongAdder restartLimits = new LongAdder();
  final Histogram waits = new Histogram();
  final Histogram runs = new Histogram();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder threw = new LongAdder();
  private final LongAdder workerDied = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder poolClosed = new LongAdder();

  /// A task's future was completed, by whomever.
  void ended(@Nullable Throwable failure) {
    LongAdder kind =
        switch (failure) {
          case null -> succeeded;
          case TaskFailure.WorkerDied _ -> workerDied;
          case TaskFailure.TimedOut _ -> timedOut;
          case TaskFailure.Rejected _ -> rejected;
          case TaskFailure.PoolClosed _ -> poolClosed;
          case TaskFailure.Cancelled _ -> cancelled;
          case CancellationException _ -> cancelled;
          default -> threw;
        };
    kind.increment();
  }

  PoolMetrics snapshot(int queued, int running) {
    return new PoolMetrics(
        submitted.sum(),
        queued,
        running,
        succeeded.sum(),
        threw.sum(),
        workerDied.sum(),
        timedOut.sum(),
        cancelled.sum(),
        rejected.sum(),
        poolClosed.sum(),
        deaths.sum(),
        evicted.sum(),
        recycled.sum(),
        restarts.sum(),
        retried.sum(),
        recalled.sum(),
        restartLimits.sum(),
        waits.snapshot(),
        runs.snapshot());
  }
}
