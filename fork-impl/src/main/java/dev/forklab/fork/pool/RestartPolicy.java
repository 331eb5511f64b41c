package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How often workers may die before the pool gives up, and how long a replacement waits.
///
/// As Erlang's supervisors: more than `maxDeaths` deaths within `window` and the pool fails, in
/// words. So does a pool whose children end `maxFailedStarts` times in a row before one was ready,
/// while it has no other that takes tasks. The n-th death in a row of a slot, with no task done
/// between, delays its replacement by `firstBackoff` doubled n-2 times, at most `maxBackoff`; the
/// first is replaced at once.
///
/// A child that cannot be started at all (the system is short of processes or descriptors), or
/// cannot make its workload, counts as one that died before it was ready.
public record RestartPolicy(
    int maxDeaths,
    Duration window,
    int maxFailedStarts,
    Duration firstBackoff,
    Duration maxBackoff) {

  private static final int DEATHS_PER_WORKER = 5;
  private static final int LEAST_DEATHS = 20;
  private static final int FAILED_STARTS = 3;

  public RestartPolicy {
    if (maxDeaths < 0 || maxFailedStarts < 1) {
      throw new IllegalArgumentException(
          "expected a bound of zero or more deaths and one or more failed starts, found "
              + maxDeaths
              + " and "
              + maxFailedStarts);
    }
    if (!window.isPositive() || firstBackoff.isNegative() || maxBackoff.isNegative()) {
      throw new IllegalArgumentException(
          "expected a positive window and back-offs of zero or more, found "
              + window
              + ", "
              + firstBackoff
              + " and "
              + maxBackoff);
    }
  }

  /// Five deaths per worker (twenty at least) within ten seconds; three failed starts in a row;
  /// back-off from 50 ms to 2 s.
  public static RestartPolicy forWorkers(int workers) {
    return new RestartPolicy(
        Math.max(LEAST_DEATHS, DEATHS_PER_WORKER * workers),
        Duration.ofSeconds(10),
        FAILED_STARTS,
        Duration.ofMillis(50),
        Duration.ofSeconds(2));
  }

  public RestartPolicy withMaxDeaths(int deaths, Duration within) {
    return new RestartPolicy(deaths, within, maxFailedStarts, firstBackoff, maxBackoff);
  }

  /// How long the replacement waits after so many deaths in a row of its slot.
  Duration backoffAfter(int deathsInARow) {
    if (deathsInARow < 2) {
      return Duration.ZERO;
    }
    int doublings = Math.min(deathsInARow - 2, Long.SIZE - 2);
    long firstNanos = TimeUnit.NANOSECONDS.convert(firstBackoff);
    long maxNanos = TimeUnit.NANOSECONDS.convert(maxBackoff);
    return firstNanos < maxNanos >> doublings
        ? Duration.ofNanos(firstNanos << doublings)
        : maxBackoff;
  }
}
