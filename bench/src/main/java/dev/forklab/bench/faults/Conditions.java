package dev.forklab.bench.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what nothing tells of.
final class Conditions {

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private Conditions() {}

  /// Waits for a condition that costs little to look at.
  ///
  /// @return false if it does not hold yet, because patience or this thread's work is over
  static boolean await(BooleanSupplier condition, Duration patience) {
    return await(condition, patience, LOOK_AGAIN_NANOS);
  }

  /// The same.
  ///
  /// @param pauseNanos how long to wait between two looks
  static boolean await(BooleanSupplier condition, Duration patience, long pauseNanos) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(pauseNanos);
    }
    return true;
  }
}
