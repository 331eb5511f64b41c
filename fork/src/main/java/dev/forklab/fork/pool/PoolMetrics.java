package dev.forklab.fork.pool;

import java.util.List;

/// A pool's counts at one moment. When no task is under way, `submitted = succeeded + threw +
/// workerDied + timedOut + cancelled + rejected + poolClosed`.
///
/// @param submitted tasks given to `submit`, those rejected included
/// @param queued tasks that wait now, in the queue or behind another in a worker's channel
/// @param running tasks that run now
/// @param succeeded tasks that ended with a reply
/// @param threw tasks that threw
/// @param workerDied tasks whose worker died
/// @param timedOut tasks that ran longer than their limit
/// @param cancelled tasks that their owner called off
/// @param rejected tasks that found the queue full
/// @param poolClosed tasks that the end of the pool stopped, or that came after it
/// @param deaths workers that died, by themselves or of a task
/// @param evicted workers ended because of a task's deadline or cancel
/// @param recycled workers replaced by policy
/// @param restarts workers started in the place of another, for whatever reason
/// @param retried tasks given to another worker after one died of them
/// @param recalled how often a task was taken back from behind one that took long
/// @param restartLimits how often the pool's workers have died or failed to start more often than
///   the [RestartPolicy] allows, once within its window, or the pool has failed
/// @param waits from a task's submission to its start
/// @param runs from a task's start to its answer
public record PoolMetrics(
    long submitted,
    int queued,
    int running,
    long succeeded,
    long threw,
    long workerDied,
    long timedOut,
    long cancelled,
    long rejected,
    long poolClosed,
    long deaths,
    long evicted,
    long recycled,
    long restarts,
    long retried,
    long recalled,
    long restartLimits,
    Durations waits,
    Durations runs) {

  /// How many tasks ended, in whatever way.
  public long ended() {
    return succeeded + threw + workerDied + timedOut + cancelled + rejected + poolClosed;
  }

  /// Durations by powers of two of nanoseconds.
  ///
  /// @param counts at index n, how many lasted 2^n to 2^(n+1)-1 ns
  public record Durations(List<Long> counts) {

    public Durations {
      counts = List.copyOf(counts);
    }

    /// How many there are.
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// The upper end, in nanoseconds, of the bucket in which this share of the durations ends; 0 if
    /// there are none.
    ///
    /// @param share 0 to 1: 0.99 for the 99th percentile
    public long percentileNanos(double share) {
      long wanted = (long) Math.ceil(share * count());
      long seen = 0;
      for (int bucket = 0; bucket < counts.size() && wanted > 0; bucket++) {
        seen += counts.get(bucket);
        if (seen >= wanted) {
          return (2L << bucket) - 1;
        }
      }
      return 0;
    }
  }
}
