package dev.forklab.fork.pool;

import dev.forklab.fork.thread.PoolThread;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/// Which tasks a pool takes, and how many of those taken have not ended: its capacity, and its way
/// from open to closed. The pool's lock guards all of it.
///
/// A task counts against the capacity (workers + queue) from [#enter] until it has ended, or its
/// owner has called it off before it started.
final class Admission {

  private enum Phase {
    /// Takes tasks.
    OPEN,
    /// Takes none, finishes those taken.
    DRAINING,
    /// Finishes none: workers are being ended.
    STOPPING
  }

  private final String pool;
  private final int capacity;
  private final int queueCapacity;
  private final WhenFull whenFull;
  // Signalled when a submitter may go on, and when the last task has ended.
  private final Condition room;
  private final Condition drained;
  private int admitted;
  private int unfinished;
  private int finishedWhileDraining;
  private Phase phase = Phase.OPEN;
  private @Nullable String failure;

  Admission(ForkPoolOptions<?, ?> options, PoolLock lock) {
    pool = options.name;
    capacity = options.workers + options.queue();
    queueCapacity = options.queue();
    whenFull = options.whenFull;
    room = lock.condition();
    drained = lock.condition();
  }

  // ---- Tasks ----

  /// Takes a task, and waits for room if the pool is to. A thread that may have to make room never
  /// waits: its task is taken beyond the capacity, and those that wait wait longer.
  ///
  /// @return why it is not taken; empty if it is
  Optional<TaskFailure> enter() throws InterruptedException {
    while (isOpen() && admitted >= capacity) {
      if (whenFull == WhenFull.REJECT) {
        return Optional.of(new TaskFailure.Rejected(queueCapacity));
      }
      if (PoolThread.isCurrent()) {
        break;
      }
      room.await();
    }
    if (!isOpen()) {
      return Optional.of(closedFailure());
    }
    admitted++;
    unfinished++;
    return Optional.empty();
  }

  /// The task's owner has called it off, but a worker holds it still.
  void calledOff(Job<?> task) {
    if (task.admitted) {
      task.admitted = false;
      admitted--;
      room.signal();
    }
  }

  /// The task has ended, or will before its worker does anything else.
  void ended(Job<?> task) {
    task.state = Job.State.ENDED;
    unfinished--;
    calledOff(task);
    countFinished(task);
    if (unfinished == 0) {
      drained.signalAll();
    }
  }

  /// The task will not end before its owner is told so.
  void countFinished(Job<?> task) {
    if (phase == Phase.DRAINING && !task.future.isDone()) {
      finishedWhileDraining++;
    }
  }

  int unfinished() {
    return unfinished;
  }

  // ---- The pool's life ----

  private boolean isOpen() {
    return phase == Phase.OPEN && failure == null;
  }

  /// Whether what workers answer no longer counts: their tasks have been given up.
  boolean isStopping() {
    return phase == Phase.STOPPING;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /// Whether no more workers are wanted.
  boolean isOver() {
    return isStopping() || hasFailed();
  }

  /// The pool can do no more, for this reason.
  void fail(String reason) {
    failure = reason;
    room.signalAll();
  }

  /// What a task is told that will not be done because the pool is closed, or has failed.
  TaskFailure closedFailure() {
    String reason = failure;
    return new TaskFailure.PoolClosed(reason == null ? "the pool " + pool + " is closed" : reason);
  }

  /// Takes no more tasks.
  void drain() {
    phase = Phase.DRAINING;
    room.signalAll();
  }

  /// Waits for the tasks taken, at most so long.
  void awaitDrained(long nanos) throws InterruptedException {
    long leftNanos = nanos;
    while (unfinished > 0 && leftNanos > 0) {
      leftNanos = drained.awaitNanos(leftNanos);
    }
  }

  /// Finishes no more tasks.
  void stop() {
    phase = Phase.STOPPING;
  }

  /// How many tasks ended between [#drain] and [#stop].
  int finishedWhileDraining() {
    return finishedWhileDraining;
  }
}
