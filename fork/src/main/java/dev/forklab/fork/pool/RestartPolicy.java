package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// How often workers may die by themselves, how long a replacement waits, and what a pool, or a
/// [dev.forklab.fork.cluster.Cluster], does when they die more often.
///
/// The limit is that of Erlang's supervisors: more than `maxDeaths` deaths within `window`, or
/// `maxFailedStarts` children in a row that ended before they were ready while no other takes
/// tasks. A child that cannot be started at all (the system is short of processes or descriptors),
/// or cannot make its workload, counts as one that ended before it was ready. A worker that dies
/// while it runs a task does not count: that death is its task's, which fails with
/// [TaskFailure.WorkerDied], and the worker is replaced at once. So no input, however bad, brings a
/// pool to its limit.
///
/// The n-th death in a row of a slot, with no task done between, delays its replacement by
/// `firstBackoff` doubled n-2 times, at most `maxBackoff`; the first is replaced at once. At the
/// limit each waits `maxBackoff`.
///
/// @param atLimit what the pool does at the limit; a pool of which no child was ever ready fails in
///   any case, for then it was set up wrongly
/// @param onTrouble hears in words that the limit is passed (once within `window`), and that the
///   pool has failed; called on a thread of the pool. Each is counted in
///   [PoolMetrics#restartLimits()]
public record RestartPolicy(
    int maxDeaths,
    Duration window,
    int maxFailedStarts,
    Duration firstBackoff,
    Duration maxBackoff,
    AtLimit atLimit,
    Consumer<String> onTrouble) {

  /// What a pool does whose workers die or fail to start too often.
  public enum AtLimit {
    /// It keeps trying, and says so. Tasks wait meanwhile. The default: a service goes on when its
    /// machine does.
    KEEP_TRYING,
    /// It fails: all its tasks fail, and those that come later. For a program that has a supervisor
    /// of its own above the pool.
    FAIL
  }

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
  /// back-off from 50 ms to 2 s; then it keeps trying, and warns through the [System.Logger] of
  /// this package's name.
  public static RestartPolicy forWorkers(int workers) {
    return new RestartPolicy(
        Math.max(LEAST_DEATHS, DEATHS_PER_WORKER * workers),
        Duration.ofSeconds(10),
        FAILED_STARTS,
        Duration.ofMillis(50),
        Duration.ofSeconds(2),
        AtLimit.KEEP_TRYING,
        words ->
            System.getLogger(RestartPolicy.class.getPackageName())
                .log(System.Logger.Level.WARNING, words));
  }

  public RestartPolicy withMaxDeaths(int deaths, Duration within) {
    return new RestartPolicy(
        deaths, within, maxFailedStarts, firstBackoff, maxBackoff, atLimit, onTrouble);
  }

  public RestartPolicy withMaxFailedStarts(int starts) {
    return new RestartPolicy(
        maxDeaths, window, starts, firstBackoff, maxBackoff, atLimit, onTrouble);
  }

  public RestartPolicy withBackoff(Duration first, Duration max) {
    return new RestartPolicy(maxDeaths, window, maxFailedStarts, first, max, atLimit, onTrouble);
  }

  public RestartPolicy withAtLimit(AtLimit choice) {
    return new RestartPolicy(
        maxDeaths, window, maxFailedStarts, firstBackoff, maxBackoff, choice, onTrouble);
  }

  public RestartPolicy withOnTrouble(Consumer<String> listener) {
    return new RestartPolicy(
        maxDeaths, window, maxFailedStarts, firstBackoff, maxBackoff, atLimit, listener);
  }

  /// How long the replacement waits after so many deaths in a row of its slot.
  public Duration backoffAfter(int deathsInARow) {
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
