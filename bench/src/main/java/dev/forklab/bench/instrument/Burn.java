package dev.forklab.bench.instrument;

import dev.forklab.workload.Workload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// A workload that uses as many microseconds of CPU time as it is given iterations, by its thread's
/// own CPU clock, and gives its message back.
public final class Burn implements Workload {

  private static final long NANOS_PER_ITERATION = 1000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /// For a [dev.forklab.workload.WorkloadSpec].
  public Burn() {}

  @Override
  public byte[] apply(byte[] message, int iterations) {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "expected a thread with a CPU clock of its own, found a virtual one");
    }
    long end = threads.getCurrentThreadCpuTime() + NANOS_PER_ITERATION * iterations;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
    return message.clone();
  }
}
