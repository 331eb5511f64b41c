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

  RestartIntensity(RestartPolicy policy) {
    this.policy = policy;
    this.windowNanos = TimeUnit.NANOSECONDS.convert(policy.window());
  }

  /// A worker has become ready.
  void started() {
    failedStartsInARow = 0;
  }

  /// Counts a death, or a start that failed; returns why the pool must give up, or null if it need
  /// not.
  ///
  /// @param failedStart whether it was never ready
  /// @param alone whether no other takes tasks
  /// @param how what became of it, in words
  @Nullable String died(long nowNanos, boolean failedStart, boolean alone, String how) {
    if (failedStart) {
      failedStartsInARow++;
    }
    deathsNanos.add(nowNanos);
    while (nowNanos - deathsNanos.element() > windowNanos) {
      deathsNanos.remove();
    }
    if (failedStartsInARow >= policy.maxFailedStarts() && alone) {
      return "the pool failed: %d children in a row ended before they were ready; of the last, %s"
          .formatted(failedStartsInARow, how);
    }
    if (deathsNanos.size() > policy.maxDeaths()) {
      return "the pool failed: %d children died within %s, more than the restart policy allows; of the last, %s"
          .formatted(deathsNanos.size(), policy.window(), how);
    }
    return null;
  }
}
