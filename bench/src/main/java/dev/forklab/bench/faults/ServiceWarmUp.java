package dev.forklab.bench.faults;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A closed loop that warms a service up, and then finds how many tasks it can do in a second.
final class ServiceWarmUp implements TaskAnswers {

  private static final long WARM_UP_NANOS = 700_000_000;
  private static final long COUNTED_NANOS = 400_000_000;
  private static final int IN_FLIGHT_PER_WORKER = 3;
  private static final long PATIENCE_SECONDS = 10;

  private final ServiceTasks tasks;
  private final int window;
  private final Semaphore room;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  ServiceWarmUp(ServiceTasks tasks, int workers) {
    this.tasks = tasks;
    this.window = IN_FLIGHT_PER_WORKER * workers;
    this.room = new Semaphore(window);
  }

  /// Blocks until it is done and every task is answered.
  ///
  /// @return tasks per second
  /// @throws FaultTrialException if a task is not answered right
  double capacityPerSecond(ServiceClient client) throws InterruptedException {
    long start = System.nanoTime();
    long counting = 0;
    int before = 0;
    int task = 0;
    while (System.nanoTime() - start < WARM_UP_NANOS + COUNTED_NANOS) {
      take(1);
      if (counting == 0 && System.nanoTime() - start >= WARM_UP_NANOS) {
        counting = System.nanoTime();
        before = answered.get();
      }
      client.submit(task, tasks.plain(task));
      task++;
    }
    double counted = answered.get() - before;
    double seconds = (System.nanoTime() - counting) / 1e9;
    take(window);
    if (counting == 0 || counted < 1 || failed.get() >= answered.get() / 2) {
      throw new FaultTrialException(
          "expected tasks to be answered while warming up, found %d of %d that failed"
              .formatted(failed.get(), answered.get()));
    }
    return counted / seconds;
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
