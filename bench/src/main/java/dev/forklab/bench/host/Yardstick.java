package dev.forklab.bench.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// A fixed piece of integer work, timed on several CPUs at once: how fast the machine is at this
/// moment, whatever the code that is measured does.
///
/// A shared machine has two speeds: a neighbor on the other half of a core takes a third of it for
/// seconds, and no counter of the kernel's shows that. Four independent chains of shifts and
/// multiplications keep a core's integer units busy, so the work slows down when someone else uses
/// them; it fits into registers, so caches and memory do not matter. One reading is the shortest of
/// [#TRIES] tries on each CPU, so that a thread that is preempted amid one does not count, and the
/// mean over the CPUs. It takes about 0.2 ms.
///
/// For one thread, besides its own threads (`yardstick-N`), which sleep between readings; the
/// scheduler spreads them over the CPUs that the process may use.
public final class Yardstick implements AutoCloseable {

  /// About 50 us on a CPU of 3 GHz, once compiled.
  private static final int STEPS = 20_000;

  private static final int TRIES = 3;

  /// Until the work is compiled, which a busy machine delays: so many readings in a row that are no
  /// better than the best before them, and no fewer than fit into [#REHEARSAL_NANOS].
  private static final int NO_BETTER = 200;

  private static final double BETTER = 0.98;
  private static final long REHEARSAL_NANOS = 300_000_000;
  private static final long LONGEST_REHEARSAL_NANOS = 3_000_000_000L;

  private final List<Helper> helpers = new ArrayList<>();

  /// @param cpus how many CPUs to time at once, at least 1
  public Yardstick(int cpus) {
    for (int i = 1; i < cpus; i++) {
      helpers.add(new Helper("yardstick-" + i));
    }
    rehearse();
    long _ = nanos(cpus);
  }

  private static void rehearse() {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    int since = 0;
    for (long spent = 0;
        spent < LONGEST_REHEARSAL_NANOS && (since < NO_BETTER || spent < REHEARSAL_NANOS);
        spent = System.nanoTime() - start) {
      long now = shortest();
      since = now < BETTER * best ? 0 : since + 1;
      best = Math.min(best, now);
    }
  }

  /// What the work takes now on that many CPUs at once, in nanoseconds. Blocks for about 0.2 ms.
  ///
  /// @param cpus at most as many as it was made for
  public long nanos(int cpus) {
    List<Helper> beside = helpers.subList(0, cpus - 1);
    CountDownLatch done = new CountDownLatch(beside.size());
    beside.forEach(helper -> helper.begin(done));
    long sum = shortest();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Helper helper : beside) {
      sum += helper.nanos;
    }
    return sum / cpus;
  }

  private static long shortest() {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      long result = work(start);
      long nanos = System.nanoTime() - start;
      if (result != 0) { // It never is; but so no compiler may drop the work.
        shortest = Math.min(shortest, nanos);
      }
    }
    return shortest;
  }

  private static long work(long seed) {
    long a = seed | 1;
    long b = a + 0x9E3779B97F4A7C15L;
    long c = b + 0x9E3779B97F4A7C15L;
    long d = c + 0x9E3779B97F4A7C15L;
    for (int i = 0; i < STEPS; i++) {
      a = (a ^ (a >>> 29)) * 0xBF58476D1CE4E5B9L;
      b = (b ^ (b >>> 31)) * 0x94D049BB133111EBL;
      c = (c ^ (c >>> 29)) * 0xBF58476D1CE4E5B9L;
      d = (d ^ (d >>> 31)) * 0x94D049BB133111EBL;
    }
    return a ^ b ^ c ^ d;
  }

  @Override
  public void close() {
    helpers.forEach(Helper::end);
  }

  /// A thread that runs the work on another CPU when told to.
  private static final class Helper {
    private final Semaphore begins = new Semaphore(0);
    private final Thread thread;

    /// Written by the owner before it lets the helper begin; null to end it.
    private volatile CountDownLatch done = new CountDownLatch(0);

    /// Written by the helper before it counts down, read by the owner after.
    private long nanos;

    Helper(String name) {
      thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    void begin(CountDownLatch latch) {
      done = latch;
      begins.release();
    }

    private void run() {
      try {
        while (true) {
          begins.acquire();
          nanos = shortest();
          done.countDown();
        }
      } catch (InterruptedException _) {
        // It is closed.
      }
    }

    void end() {
      thread.interrupt();
    }
  }
}
