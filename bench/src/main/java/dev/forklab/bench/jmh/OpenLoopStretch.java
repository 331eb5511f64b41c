package dev.forklab.bench.jmh;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Tasks given to a model on a schedule by one thread, which sleeps until each is due and is late
/// if the pool holds it up; latency counts from when a task was due.
final class OpenLoopStretch {

  private static final int SAMPLED_REPLIES = 64;
  private static final long DEADLINE_SECONDS = 120;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final OpenModel pool;
  private final Messages messages;
  private final ArrivalSchedule schedule;

  /// Each element is written once, by the thread that completes its task, before it counts the
  /// latch down; read when the latch is at zero.
  private final long[] latencyNanos;

  private final byte[] @Nullable [] sampledReplies;
  private final int stride;
  private final CountDownLatch left;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  OpenLoopStretch(OpenModel pool, Messages messages, ArrivalSchedule schedule) {
    this.pool = pool;
    this.messages = messages;
    this.schedule = schedule;
    this.latencyNanos = new long[schedule.tasks()];
    this.stride = Math.max(1, Math.ceilDiv(schedule.tasks(), SAMPLED_REPLIES));
    this.sampledReplies = new byte[Math.ceilDiv(schedule.tasks(), stride)] @Nullable [];
    this.left = new CountDownLatch(schedule.tasks());
  }

  /// Gives every task, and waits until each is answered.
  Outcome run() throws Exception {
    long start = System.nanoTime();
    for (int task = 0; task < schedule.tasks(); task++) {
      long due = start + schedule.arrivalNanos(task);
      sleepUntil(due);
      submit(task, due);
    }
    if (!left.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "expected every task to be answered within "
              + DEADLINE_SECONDS
              + " s of the last, found "
              + left.getCount()
              + " that were not");
    }
    long took = System.nanoTime() - start;
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a task failed: " + thrown, thrown);
    }
    return new Outcome(took, countWrong(), histogram());
  }

  private void submit(int task, long due) throws InterruptedException {
    var _ =
        pool.submit(messages.message(task))
            .whenComplete((reply, thrown) -> {
              latencyNanos[task] = System.nanoTime() - due;
              if (thrown != null) {
                failure.compareAndSet(null, thrown);
              } else if (task % stride == 0) {
                sampledReplies[task / stride] = reply;
              }
              left.countDown();
            });
  }

  private static void sleepUntil(long due) {
    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
      LockSupport.parkNanos(due - now);
    }
  }

  private int countWrong() {
    int wrong = 0;
    for (int i = 0; i < sampledReplies.length; i++) {
      if (!Arrays.equals(sampledReplies[i], messages.reply((long) i * stride))) {
        wrong++;
      }
    }
    return wrong;
  }

  private Histogram histogram() {
    Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    for (long latency : latencyNanos) {
      histogram.recordValue(Math.max(0, latency));
    }
    return histogram;
  }

  /// What a stretch came to.
  ///
  /// @param nanos from its start until the last task was answered
  /// @param wrongReplies among the replies sampled
  /// @param latency nanoseconds from due to answered, every task
  record Outcome(long nanos, int wrongReplies, Histogram latency) {}
}
