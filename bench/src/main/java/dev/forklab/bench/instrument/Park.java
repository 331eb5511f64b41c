package dev.forklab.bench.instrument;

import dev.forklab.workload.Workload;
import java.util.concurrent.locks.LockSupport;

/// A workload that takes as many microseconds as it is given iterations without using the CPU, and
/// gives its message back.
///
/// A parked thread wakes late by some tens of microseconds, so it parks until shortly before its
/// time and waits for the rest awake.
public final class Park implements Workload {

  private static final long NANOS_PER_ITERATION = 1000;
  private static final long AWAKE_NANOS = 300_000;

  /// For a [dev.forklab.workload.WorkloadSpec].
  public Park() {}

  @Override
  public byte[] apply(byte[] message, int iterations) {
    long end = System.nanoTime() + NANOS_PER_ITERATION * iterations;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      if (left > AWAKE_NANOS) {
        LockSupport.parkNanos(left - AWAKE_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
    return message.clone();
  }
}
