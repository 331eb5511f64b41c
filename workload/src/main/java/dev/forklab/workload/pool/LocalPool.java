package dev.forklab.workload.pool;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.pool.WhenFull;
import dev.forklab.fork.thread.PoolThread;
import dev.forklab.workload.TaskFunction;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What the pools whose workers are threads of this JVM have in common: admission, the time limit,
/// and a closing that can say what was lost. How a task gets onto a thread is the model's own part.
///
/// **Admission** is a semaphore with a permit for each running and each waiting task. A task takes
/// its permit in [#submit] and gives it back when its worker is free again, or when it is cancelled
/// before it ran. So the executor's queue behind it needs no bound of its own, the fourth task of
/// one worker and two places is refused every time rather than nearly every time, and closing can
/// wake all who wait for room (by handing out permits that no longer mean anything).
///
/// **Closing** first lets the executor drain, then fails what is left. Whoever moves a task's
/// [state][LocalTask] decides what it counts as, so that each task is counted once:
/// [CloseReport#finished()] if it ended on its own after `close` was called, else lost, running or
/// queued. A task that its owner cancelled is none of these.
public abstract class LocalPool implements WorkerPool {

  /// How long `close` waits, after having interrupted them, for functions to give way: long for a
  /// function that ends or notices the interrupt, and the bound for one that does neither.
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// More permits than there can be submitters that wait.
  private static final int WAKE_ALL = 1 << 29;

  private final PoolOptions options;
  private final TaskFunction function;
  private final ExecutorService threads;
  private final Room room;
  private final Set<LocalTask> inside = ConcurrentHashMap.newKeySet();
  private final @Nullable ScheduledThreadPoolExecutor timer;

  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger finishedLate = new AtomicInteger();
  private final CompletableFuture<CloseReport> report = new CompletableFuture<>();

  /// Takes over `threads`: they are shut down by `close`.
  protected LocalPool(PoolOptions options, TaskFunction function, ExecutorService threads) {
    this.options = options;
    this.function = function;
    this.threads = threads;
    this.room = new Room(options.workers() + options.queueCapacity());
    this.timer = options.taskTimeout().isPresent() ? timer(options.name()) : null;
  }

  /// The permits, which may come to be owed.
  private static final class Room extends Semaphore {
    private static final long serialVersionUID = 1L;

    Room(int permits) {
      super(permits);
    }

    /// Waits for a permit; a thread that may have to make room owes one instead.
    void enter() throws InterruptedException {
      if (PoolThread.isCurrent()) {
        reducePermits(1);
      } else {
        acquire();
      }
    }
  }

  private static ScheduledThreadPoolExecutor timer(String poolName) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name(poolName + "-timer").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /// Puts the task on its way to a thread, which will call its `run`.
  ///
  /// @throws RejectedExecutionException if the threads were shut down
  protected abstract void start(LocalTask task);

  /// Forgets a task that was dropped before it ran: its `run` need not be called any more.
  protected abstract void withdraw(LocalTask task);

  @Override
  public final PoolOptions options() {
    return options;
  }

  @Override
  public final CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
    Objects.requireNonNull(message, "message");
    if (options.whenFull() == WhenFull.BLOCK) {
      room.enter();
    } else if (!room.tryAcquire()) {
      return CompletableFuture.failedFuture(new TaskFailure.Rejected(options.queueCapacity()));
    }
    LocalTask task = new LocalTask(this, message);
    if (closing.get()) {
      room.release();
      return refused(task);
    }
    inside.add(task);
    try {
      start(task);
    } catch (RejectedExecutionException e) {
      if (task.drop()) {
        left(task);
      }
      return refused(task);
    }
    return task;
  }

  private LocalTask refused(LocalTask task) {
    task.completeExceptionally(
        new TaskFailure.PoolClosed("pool '" + options.name() + "' is closed; it takes no tasks"));
    return task;
  }

  @Override
  public final CloseReport close(Duration drain) {
    if (closing.compareAndSet(false, true)) {
      try {
        report.complete(closeNow(drain));
      } catch (Throwable e) {
        report.completeExceptionally(e);
        throw e;
      }
    }
    return report.join();
  }

  private CloseReport closeNow(Duration drain) {
    threads.shutdown();
    room.release(WAKE_ALL);
    boolean interrupted = false;
    boolean drained = false;
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(drain); // saturates
      drained = threads.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true; // as in ExecutorService.close: stop the rest now
    }
    Lost lost = drained ? Lost.NONE : loseTheRest();
    if (!drained) {
      threads.shutdownNow();
    }
    interrupted |= awaitStop(threads);
    if (timer != null) {
      timer.shutdownNow();
      interrupted |= awaitStop(timer);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    int stuck = threads.isTerminated() ? 0 : inside.size();
    return new CloseReport(finishedLate.get(), lost.running(), lost.queued(), stuck);
  }

  /// How many tasks were running, and how many waited, when they were stopped.
  private record Lost(int running, int queued) {
    static final Lost NONE = new Lost(0, 0);
  }

  private Lost loseTheRest() {
    int running = 0;
    int queued = 0;
    for (LocalTask task : inside) {
      boolean waited = task.drop();
      if (waited) {
        left(task);
      }
      boolean lost =
          task.completeExceptionally(
              new TaskFailure.PoolClosed(
                  "pool '%s' was closed %s"
                      .formatted(
                          options.name(), waited ? "before the task ran" : "while the task ran")));
      running += lost && !waited ? 1 : 0;
      queued += lost && waited ? 1 : 0;
    }
    return new Lost(running, queued);
  }

  /// Waits until the executor has ended or [#STOP_NANOS] have passed, whatever interrupts say;
  /// returns whether one came.
  private static boolean awaitStop(ExecutorService executor) {
    long deadline = System.nanoTime() + STOP_NANOS;
    boolean interrupted = false;
    while (true) {
      try {
        executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  // What a task asks of its pool.

  byte[] reply(byte[] message) throws Exception {
    return Objects.requireNonNull(
        function.apply(message), "expected a reply from the workload, found null");
  }

  /// Starts the clock of a task that starts to run; null if there is no limit.
  @Nullable Future<?> limit(LocalTask task) {
    ScheduledThreadPoolExecutor clock = timer;
    if (clock == null) {
      return null;
    }
    Duration limit = options.taskTimeout().orElseThrow();
    return clock.schedule(
        () -> task.timeOut(new TaskFailure.TimedOut(limit)),
        TimeUnit.NANOSECONDS.convert(limit),
        TimeUnit.NANOSECONDS);
  }

  /// The task will never run, or its worker is free again.
  void left(LocalTask task) {
    inside.remove(task);
    room.release();
  }

  /// The task was dropped by its owner.
  void forget(LocalTask task) {
    withdraw(task);
    left(task);
  }

  boolean isClosing() {
    return closing.get();
  }

  void countFinishedLate() {
    finishedLate.incrementAndGet();
  }
}
