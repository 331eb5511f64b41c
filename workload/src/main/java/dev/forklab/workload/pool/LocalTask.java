package dev.forklab.workload.pool;

import dev.forklab.fork.pool.TaskFailure;
import dev.forklab.fork.thread.PoolThread;
import dev.forklab.fork.thread.ThreadState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One task of a [LocalPool]: the future that its owner holds, and what a thread runs, in one
/// object, so that a task costs the pool a single allocation.
///
/// ```
///  WAITING ──claim──> RUNNING ─────────────end──────────────> OVER
///     │                  └──interrupt──> INTERRUPTING ──> INTERRUPTED ──end──> OVER
///     └──────────────drop (cancelled, or lost at close)──────────────────────> OVER
/// ```
///
/// Each transition out of WAITING and RUNNING is a compare-and-set, so exactly one thread makes it:
/// a task that was dropped never runs, and one that was claimed is never counted as waiting. The
/// state says what the *worker* does; whether there is a reply is the future's own business, which
/// is completed once, by whoever comes first (worker, owner's cancel, time limit, close).
///
/// INTERRUPTING exists so that an interrupt meant for this task cannot reach the next one on the
/// same thread: the worker does not leave the task while another thread is between deciding to
/// interrupt and having done so (as in [java.util.concurrent.FutureTask]).
public final class LocalTask extends CompletableFuture<byte[]> implements Runnable {

  private static final int WAITING = 0;
  private static final int RUNNING = 1;
  private static final int INTERRUPTING = 2;
  private static final int INTERRUPTED = 3;
  private static final int OVER = 4;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(LocalTask.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LocalPool pool;

  /// Written by the constructor, then only by the one thread that moved the state to OVER or that
  /// claimed the task; handed over by the executor's queue.
  private byte @Nullable [] message;

  /// Compared and set through [#STATE] by the worker, the owner, the timer and the closer.
  @SuppressWarnings("UnusedVariable") // through STATE
  private volatile int state = WAITING;

  /// The thread that runs the task: written by it before its claim; read by interrupters, who have
  /// seen RUNNING, which comes after.
  private @Nullable Thread runner;

  /// The thread that waits for its turn to run the task ([#runWithin]): written by it before it
  /// looks at the state; read by a dropper after it changed the state. One of the two sees the
  /// other.
  private volatile @Nullable Thread waiter;

  /// What will end the task when its time is up: written and read by the worker.
  private @Nullable Future<?> timeLimit;

  LocalTask(LocalPool pool, byte[] message) {
    this.pool = pool;
    this.message = message;
  }

  /// Runs the function and completes the future, unless the task was dropped.
  @Override
  public void run() {
    ThreadState before = ThreadState.ofCurrent();
    try {
      runHolding(null);
    } finally {
      before.restore();
    }
  }

  /// [#run()] when one of `turns` is free: for threads that outnumber the workers. The turn is
  /// given back before the future is completed, since completing it may mean to wake another
  /// thread, which is no worker's business. Returns without having run the task if it is dropped
  /// meanwhile.
  public void runWithin(Semaphore turns) {
    waiter = Thread.currentThread();
    if ((int) STATE.getVolatile(this) != WAITING) {
      return;
    }
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      // The task was dropped, by its owner or by close: this thread has nothing else to do.
      Thread.currentThread().interrupt();
      return;
    }
    runHolding(turns);
  }

  private void runHolding(@Nullable Semaphore turns) {
    runner = Thread.currentThread();
    PoolThread.mark();
    if (!STATE.compareAndSet(this, WAITING, RUNNING)) {
      release(turns);
      return;
    }
    byte[] given = message;
    if (given == null || isDone()) { // completed by its owner, by hand
      leave(turns);
      return;
    }
    byte[] reply;
    try {
      timeLimit = pool.limit(this);
      reply = pool.reply(given);
    } catch (Throwable thrown) { // errors too: they fail this task, not the worker
      leave(turns);
      finish(null, TaskFailure.Threw.local(thrown));
      return;
    }
    leave(turns);
    finish(reply, null);
  }

  private static void release(@Nullable Semaphore turns) {
    if (turns != null) {
      turns.release();
    }
  }

  /// Cancels the task: one that waits never runs, and its place in the queue is free; one that runs
  /// is interrupted, if so asked, and otherwise runs on for nobody.
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (drop()) {
      pool.forget(this);
      return super.cancel(mayInterruptIfRunning);
    }
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled && mayInterruptIfRunning) {
      interrupt();
    }
    return cancelled;
  }

  /// The time limit has passed.
  void timeOut(TaskFailure.TimedOut failure) {
    finish(null, failure);
    interrupt();
  }

  /// Takes the task away from the workers, if none has it yet.
  boolean drop() {
    if (!STATE.compareAndSet(this, WAITING, OVER)) {
      return false;
    }
    message = null;
    Thread waiting = waiter;
    if (waiting != null) {
      waiting.interrupt();
    }
    return true;
  }

  /// The worker is done with the task: from here on it may take another.
  private void leave(@Nullable Semaphore turns) {
    if (!STATE.compareAndSet(this, RUNNING, OVER)) {
      while ((int) STATE.getVolatile(this) == INTERRUPTING) {
        Thread.onSpinWait(); // the interrupter has one call left to make
      }
      STATE.setVolatile(this, OVER);
    }
    Thread.interrupted(); // it was meant for this task, or left behind by it
    Future<?> limit = timeLimit;
    if (limit != null) {
      limit.cancel(false);
    }
    message = null;
    release(turns);
    pool.left(this);
  }

  private void finish(byte @Nullable [] reply, @Nullable TaskFailure failure) {
    boolean late = pool.isClosing();
    boolean ours = failure == null ? complete(reply) : completeExceptionally(failure);
    if (ours && late) {
      pool.countFinishedLate();
    }
  }

  private void interrupt() {
    if (STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
      Thread running = runner;
      if (running != null) {
        running.interrupt();
      }
      STATE.setVolatile(this, INTERRUPTED);
    }
  }
}
