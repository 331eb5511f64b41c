package dev.forklab.workload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Times batches of tasks of one workload and message on the calling thread. For one thread.
///
/// The clock is the thread's CPU time, which stands still while a neighbour has the CPU; the wall
/// clock where the platform has no such time, or counts it in ticks too coarse for a batch.
final class KernelMeter implements Calibrator.Meter {

  private static final long COARSEST_TICK_NANOS = 100_000;
  private static final long TICK_PATIENCE_NANOS = 20_000_000;

  private final String name;
  private final Workload workload;
  private final byte[] message;
  private final LongSupplier clockNanos = finestClock();

  /// One for each count that was asked for, all of the one workload: looking it up costs more than
  /// a short batch, and some hold much memory.
  private final Map<Integer, Kernel> kernels = new HashMap<>();

  /// What the replies amount to: read by [#toString()], so that no compiler may drop the work.
  private int replies;

  KernelMeter(String workload, byte[] message) {
    this.name = workload;
    this.workload = new WorkloadSpec(workload, 1).workload();
    this.message = message;
  }

  @Override
  public long batchNanos(int iterations, int tasks) {
    Kernel kernel = kernel(iterations);
    try {
      return timed(kernel, tasks);
    } catch (Exception e) {
      throw new IllegalStateException(
          "expected workload '%s' to answer a message of %d bytes, it threw %s"
              .formatted(name, message.length, e),
          e);
    }
  }

  private Kernel kernel(int iterations) {
    return kernels.computeIfAbsent(
        iterations, count -> new WorkloadSpec(name, count).kernel(workload));
  }

  private long timed(Kernel kernel, int tasks) throws Exception {
    int sum = 0;
    long start = clockNanos.getAsLong();
    for (int i = 0; i < tasks; i++) {
      byte[] reply = kernel.apply(message);
      sum += reply.length == 0 ? 1 : reply[reply.length - 1];
    }
    long end = clockNanos.getAsLong();
    replies += sum;
    return end - start;
  }

  private static LongSupplier finestClock() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    if (!threads.isCurrentThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
      return System::nanoTime;
    }
    return tickNanos(threads) <= COARSEST_TICK_NANOS
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }

  /// The smallest of a few steps of the CPU clock, each waited for by spinning.
  private static long tickNanos(ThreadMXBean threads) {
    long deadline = System.nanoTime() + TICK_PATIENCE_NANOS;
    long finest = Long.MAX_VALUE;
    long before = threads.getCurrentThreadCpuTime();
    while (finest > COARSEST_TICK_NANOS && System.nanoTime() - deadline < 0) {
      long now = threads.getCurrentThreadCpuTime();
      if (now > before) {
        finest = Math.min(finest, now - before);
        before = now;
      }
    }
    return finest;
  }

  @Override
  public String toString() {
    return "KernelMeter of " + workload + " (replies amount to " + replies + ")";
  }
}
