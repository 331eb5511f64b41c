package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Moments of [System#nanoTime]. One that lies beyond its range is [Worker#NEVER]: a limit of a
/// thousand years is none.
final class Moment {

  private Moment() {}

  static long after(long nowNanos, Duration time) {
    return after(nowNanos, TimeUnit.NANOSECONDS.convert(time));
  }

  /// @param nanos zero or more
  static long after(long nowNanos, long nanos) {
    long moment = nowNanos + nanos;
    return nanos == Worker.NEVER || moment < nowNanos ? Worker.NEVER : moment;
  }
}
