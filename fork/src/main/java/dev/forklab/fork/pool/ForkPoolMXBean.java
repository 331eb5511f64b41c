package dev.forklab.fork.pool;

/// A pool over JMX.
public interface ForkPoolMXBean {

  /// All counts at the moment of asking, as one composite value named like [PoolMetrics].
  PoolMetrics getMetrics();

  /// The upper end of the bucket of the 99th percentile of the waits, in nanoseconds.
  long getWaitNanos99();

  /// The upper end of the bucket of the 99th percentile of the runs, in nanoseconds.
  long getRunNanos99();
}
