package dev.forklab.bench.faults;

import dev.forklab.results.Model;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A closed loop that warms a service up and finds how many tasks it can do in a second: the most
/// in any window.
///
/// First come brief tasks, since compilers count calls, then those to come. It ends no sooner,
/// however fast the service is: what a compiler does later would be taken for a dip.
final class ServiceWarmUp implements TaskAnswers {

  private static final long WINDOW_NANOS = 250_000_000;

  /// Where several JVMs have to get warm, and each is called a part of the times.
  private static final long LONGER_WINDOW_NANOS = 375_000_000;

  private static final int BRIEF_WINDOWS = 5;
  private static final int WINDOWS = 4;
  private static final int IN_FLIGHT_PER_WORKER = 3;
  private static final long PATIENCE_SECONDS = 10;

  private final ServiceTasks brief;
  private final ServiceTasks whole;
  private volatile ServiceTasks tasks;
  private final long windowNanos;
  private final int window;
  private final Semaphore room;
  // Of the thread that warms up.
  private int task;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  /// @param whole the tasks that are to come
  /// @param brief the same with less work
  ServiceWarmUp(ServiceTasks brief, ServiceTasks whole, Model model, int workers) {
    this.brief = brief;
    this.whole = whole;
    this.tasks = brief;
    this.windowNanos = model.hasChildJvms() ? LONGER_WINDOW_NANOS : WINDOW_NANOS;
    this.window = IN_FLIGHT_PER_WORKER * workers;
    this.room = new Semaphore(window);
  }

  /// Blocks until it is done and every task is answered.
  ///
  /// @return tasks per second
  /// @throws FaultTrialException if a task is not answered right
  double capacityPerSecond(ServiceClient client) throws InterruptedException {
    double _ = best(client, brief, BRIEF_WINDOWS);
    double best = best(client, whole, WINDOWS);
    if (best == 0 || failed.get() >= answered.get() / 2) {
      throw new FaultTrialException(
          "expected tasks to be answered while warming up, found %d of %d that failed"
              .formatted(failed.get(), answered.get()));
    }
    return best;
  }

  private double best(ServiceClient client, ServiceTasks of, int windows)
      throws InterruptedException {
    tasks = of;
    double best = 0;
    for (int done = 0; done < windows; done++) {
      best = Math.max(best, rate(client));
    }
    take(window);
    room.release(window);
    return best;
  }

  /// Of one window.
  private double rate(ServiceClient client) throws InterruptedException {
    long start = System.nanoTime();
    int before = answered.get();
    while (System.nanoTime() - start < windowNanos) {
      take(1);
      client.submit(task, tasks.plain(task));
      task++;
    }
    return (answered.get() - before) / ((System.nanoTime() - start) / 1e9);
  }

  private void take(int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new FaultTrialException(
          "expected the service to answer while it is warmed up, found silence");
    }
    String found = failure.get();
    if (found != null) {
      throw new FaultTrialException("expected right replies while warming up, found: " + found);
    }
  }

  @Override
  public void replied(int task, byte[] reply, long nanos) {
    if (!tasks.isRight(task, reply)) {
      failure.compareAndSet(null, "a wrong reply");
    }
    ended();
  }

  @Override
  public void failed(int task, String why, long nanos) {
    failed.incrementAndGet(); // A task may be too slow while its worker is cold.
    ended();
  }

  @Override
  public void lost(int task, long nanos) {
    failure.compareAndSet(null, "the service has gone");
    ended();
  }

  private void ended() {
    answered.incrementAndGet();
    room.release();
  }
}
