package dev.forklab.fork.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How often workers have died or failed to start lately, held against a [RestartPolicy]. The
/// pool's lock guards it.
final class RestartIntensity {

  private final RestartPolicy policy;
  private final long windowNanos;
  private final ArrayDeque<Long> deathsNanos = new ArrayDeque<>();
  private int failedStartsInARow;
  private boolean wasEverReady;

  /// What is to be done about a pool at its limit.
  ///
  /// @param fails whether it must give up; else it goes on, slowly
  /// @param words why
  record Verdict(boolean fails, String words) {}

  RestartIntensity(RestartPolicy policy) {
    this.policy = policy;
    this.windowNanos = TimeUnit.NANOSECONDS.convert(policy.window());
  }

  /// A worker has become ready.
  void started() {
    failedStartsInARow = 0;
    wasEverReady = true;
  }

  /// Counts a death that no task explains, or a start that failed; returns null below the limit.
  ///
  /// @param failedStart whether it was never ready
  /// @param alone whether no other takes tasks
  /// @param how what became of it, in words
  @Nullable Verdict died(long nowNanos, boolean failedStart, boolean alone, String how) {
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
            ? "the pool failed: " + why
            : "the pool keeps trying, every " + policy.maxBackoff() + ": " + why);
  }
}
