package dev.forklab.fork.pool;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts of durations by powers of two of nanoseconds: bucket n holds those of 2^n to 2^(n+1)-1.
/// Coarse, and cheap enough to be always on. Written by any thread without a lock.
final class Histogram {

  private static final int BUCKETS = Long.SIZE;
  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void record(long nanos) {
    counts.incrementAndGet(BUCKETS - 1 - Long.numberOfLeadingZeros(Math.max(1, nanos)));
  }

  /// A copy, not of one instant.
  PoolMetrics.Durations snapshot() {
    long[] copy = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = counts.get(i);
    }
    return new PoolMetrics.Durations(java.util.Arrays.stream(copy).boxed().toList());
  }
}
