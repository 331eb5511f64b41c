package dev.forklab.bench.calibration;

import dev.forklab.bench.calibration.Launch.Batch;
import dev.forklab.bench.host.CompilerClock;
import dev.forklab.bench.host.Yardstick;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A workload whose task is to time a batch of another workload's tasks, on the calling thread: so
/// a worker of the fork pool, which is such a JVM as those that are measured, does the calibrating.
///
/// The clock is the thread's CPU time, which stands still while a neighbor has the CPU; the wall
/// clock where the platform has no such time, or counts it in ticks too coarse for a batch. For one
/// thread.
public final class Metered implements Workload {

  private static final long COARSEST_TICK_NANOS = 100_000;
  private static final long TICK_PATIENCE_NANOS = 20_000_000;
  private static final long SEED = 20_260_101L;

  private final LongSupplier clockNanos = finestClock();
  private final CompilerClock compilers = CompilerClock.ofThisMachine();
  private final Map<Integer, byte[]> messages = new HashMap<>();
  private @Nullable Workload workload;
  private @Nullable Yardstick yardstick;

  /// What the replies amount to, so that no compiler may drop the work.
  private int replies;

  /// What to do, as a message.
  static byte[] request(String workload, int messageBytes, int iterations, int tasks) {
    byte[] name = workload.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 * Integer.BYTES + name.length)
        .putInt(messageBytes)
        .putInt(iterations)
        .putInt(tasks)
        .put(name)
        .array();
  }

  /// What came of it, from a reply.
  static Batch batch(byte[] reply) {
    ByteBuffer numbers = ByteBuffer.wrap(reply);
    return new Batch(numbers.getLong(), numbers.getLong(), numbers.getDouble(), numbers.getLong());
  }

  /// What is calibrated with.
  public static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    new Random(SEED).nextBytes(message);
    return message;
  }

  @Override
  public byte[] apply(byte[] request, int iterations) throws Exception {
    ByteBuffer numbers = ByteBuffer.wrap(request);
    byte[] message = messages.computeIfAbsent(numbers.getInt(), Metered::message);
    int count = numbers.getInt();
    int tasks = numbers.getInt();
    Workload measured = workload;
    if (measured == null) {
      String name = StandardCharsets.UTF_8.decode(numbers).toString();
      measured = new WorkloadSpec(name, 1).workload();
      workload = measured;
    }
    Yardstick beside = yardstick;
    if (beside == null) {
      beside = new Yardstick(1);
      yardstick = beside;
    }
    return timed(measured, message, count, tasks, beside);
  }

  private byte[] timed(Workload measured, byte[] message, int count, int tasks, Yardstick beside)
      throws Exception {
    long before = beside.nanos(1);
    long wall = System.nanoTime();
    long cpu = clockNanos.getAsLong();
    int sum = 0;
    for (int i = 0; i < tasks; i++) {
      byte[] reply = measured.apply(message, count);
      sum += reply.length == 0 ? 1 : reply[reply.length - 1];
    }
    long cpuNanos = clockNanos.getAsLong() - cpu;
    long wallNanos = System.nanoTime() - wall;
    replies += sum;
    return ByteBuffer.allocate(4 * Long.BYTES)
        .putLong(cpuNanos)
        .putLong(wallNanos)
        .putDouble((double) Math.max(before, beside.nanos(1)))
        .putLong(compilers.nanos(List.of(ProcessHandle.current().pid())))
        .array();
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
    return "Metered " + workload + " (replies amount to " + replies + ")";
  }
}
