package dev.forklab.bench.jmh;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// When tasks are meant to arrive: a Poisson process of a given rate, seeded.
final class ArrivalSchedule {

  private static final double NANOS_PER_SECOND = 1e9;

  /// Nanoseconds after the start, ascending.
  private final long[] arrivalNanos;

  private ArrivalSchedule(long[] arrivalNanos) {
    this.arrivalNanos = arrivalNanos;
  }

  /// A schedule with exponential gaps.
  ///
  /// @param perSecond the mean rate
  /// @param lengthNanos no task arrives later; at least one arrives
  static ArrivalSchedule poisson(double perSecond, long lengthNanos, RandomGenerator random) {
    double meanGap = NANOS_PER_SECOND / perSecond;
    long[] arrivals = new long[(int) Math.max(16, 2 * lengthNanos / meanGap)];
    int count = 0;
    double at = random.nextExponential() * meanGap;
    while (at < lengthNanos && count < arrivals.length) {
      arrivals[count++] = (long) at;
      at += random.nextExponential() * meanGap;
    }
    return new ArrivalSchedule(Arrays.copyOf(arrivals, Math.max(1, count)));
  }

  /// When a task is meant to arrive, in nanoseconds after the start.
  long arrivalNanos(int task) {
    return arrivalNanos[task];
  }

  int tasks() {
    return arrivalNanos.length;
  }

  /// The rate that really arrives.
  double perSecond(long lengthNanos) {
    return tasks() * NANOS_PER_SECOND / lengthNanos;
  }
}
