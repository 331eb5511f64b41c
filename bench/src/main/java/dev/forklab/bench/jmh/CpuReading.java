package dev.forklab.bench.jmh;

import dev.forklab.bench.host.CpuClock;

/// What a tree of processes had used of its CPUs, and when that was read.
///
/// While all CPUs are busy the thread that reads may lose its own between the two clocks, for
/// milliseconds, in which the tree goes on: so what is used between two readings is set against the
/// time between them, and not against a slice that was timed beside them.
///
/// @param cpuNanos used so far
/// @param atNanos when, by [System#nanoTime()]: the middle of the reading
record CpuReading(long cpuNanos, long atNanos) {

  private static final long UNDISTURBED_NANOS = 50_000;
  private static final int TRIES = 4;

  /// Reads, and again if the reading took so long that its moment is not known.
  static CpuReading of(CpuClock clock) {
    long before = System.nanoTime();
    for (int left = TRIES; ; left--) {
      long cpuNanos = clock.nanos();
      long after = System.nanoTime();
      if (left == 1 || after - before <= UNDISTURBED_NANOS) {
        return new CpuReading(cpuNanos, before + (after - before) / 2);
      }
      before = after;
    }
  }

  /// What `nanos` of the time since an earlier reading have used, all alike.
  long since(CpuReading earlier, long nanos) {
    double share = (double) nanos / Math.max(1, atNanos - earlier.atNanos);
    return Math.round((cpuNanos - earlier.cpuNanos) * share);
  }
}
