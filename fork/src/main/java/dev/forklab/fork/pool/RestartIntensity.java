package dev.forklab.fork.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How often workers have died or failed to start lately, held against a [RestartPolicy]. Not safe
/// for use by many threads: the lock or the thread of who restarts them guards it.
public final class RestartIntensity {

  private final String what;
  private final RestartPolicy policy;
  private final long windowNanos;
  private final ArrayDeque<Long> deathsNanos = new ArrayDeque<>();
  private int failedStartsInARow;
  private boolean wasEverReady;

  /// What is to be done about workers at their limit.
  ///
  /// @param fails whether to give up; else they are restarted, slowly
  /// @param words why
  public record Verdict(boolean fails, String words) {}

  /// @param what whose workers they are, in words: "the pool"
  public RestartIntensity(String what, RestartPolicy policy) {
    this.what = what;
    this.policy = policy;
    this.windowNanos = TimeUnit.NANOSECONDS.convert(policy.window());
  }

  /// A worker has become ready.
  public void started() {
    failedStartsInARow = 0;
    wasEverReady = true;
  }

  /// Counts a death that no task explains, or a start that failed; returns null below the limit.
  ///
  /// @param failedStart whether it was never ready
  /// @param alone whether no other takes tasks
  /// @param how what became of it, in words
  public @Nullable Verdict died(long nowNanos, boolean failedStart, boolean alone, String how) {
    if (failedStart) {
      failedStartsInARow++;
    }
    deathsNanos.add(nowNanos);
    while (nowNanos - deathsNanos.element() > windowNanos
        || deathsNanos.size() > policy.maxDeaths() + 1L) {
      deathsNanos.remove();
    }
    if (failedStartsInARow >= policy.maxFailedStarts() && alone) {
      return verdict(
          "%s children in a row ended before they were ready; of the last, %s"
              .formatted(failedStartsInARow, how));
    }
    if (deathsNanos.size() > policy.maxDeaths()) {
      return verdict(
          "%s children died within %s, more than the restart policy allows; of the last, %s"
              .formatted(deathsNanos.size(), policy.window(), how));
    }
    return null;
  }

  private Verdict verdict(String why) {
    boolean fails = policy.atLimit() == RestartPolicy.AtLimit.FAIL || !wasEverReady;
    return new Verdict(
        fails,
        fails
            ? what + " failed: " + why
            : what + " keeps trying, every " + policy.maxBackoff() + ": " + why);
  }
}
