package dev.forklab.workload.pool;

import dev.forklab.fork.pool.CloseReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A fixed number of workers that run one function over messages, behind a bounded queue.
///
/// Safe for use by many threads. What every implementation promises (and the contract suite of this
/// module's test-jar holds it to):
///
/// - **Every future completes**: with the reply, or exceptionally with a [TaskFailure], or, after
///   [CompletableFuture#cancel], with a [java.util.concurrent.CancellationException].
/// - **At most once**: a message is handed to a worker at most once.
/// - **A failing task fails alone**: with the original class, message and stack
///   ([TaskFailure.Threw]).
/// - **Back-pressure**: at most [PoolOptions#queueCapacity()] tasks wait; beyond that `submit`
///   blocks, or the future fails with [TaskFailure.Rejected], as [PoolOptions#whenFull()] says. A
///   `submit` on a thread that runs tasks of a pool, or completes them, never blocks: its task is
///   taken beyond that bound, for that thread may be the one that has to make room.
/// - **Nobody else's state**: a task or a stage that leaves its thread interrupted, renamed, or
///   with another priority or context class loader harms no other. Thread locals stay.
/// - **Cancel**: a task that is still waiting never runs, and its place in the queue is free at
///   once. One that runs is interrupted (threads, if `cancel(true)`) or abandoned or killed
///   (processes); its worker takes no other task until it is free again.
/// - **Time limit**: [PoolOptions#taskTimeout()] counts from the task's start on a worker; waiting
///   is free. The task is then stopped like one that is cancelled.
/// - **Nothing left behind**: after `close` returns, the pool's threads, processes, descriptors and
///   files are gone, except a thread whose function ignores interruption: Java cannot stop it, and
///   the report counts it ([CloseReport#stuckWorkers()]).
///
/// A reply is completed on a thread of the pool, and so dependent stages mostly run there (or on a
/// thread that waits for the future): those that do long work belong on an executor of the
/// caller's. A stage that closes the pool makes a worker wait for itself, until the deadlines of
/// close have passed.
public interface WorkerPool extends AutoCloseable {

  /// What this pool was built with.
  PoolOptions options();

  /// Gives one message to the pool.
  ///
  /// Blocks while the queue is full, if so configured. The message is not copied: it must not be
  /// changed until the future has completed.
  ///
  /// @param message the task's bytes, possibly empty
  /// @return a future of the reply; already failed with [TaskFailure.PoolClosed] if the pool is
  ///   closed, or with [TaskFailure.Rejected] if the queue is full and rejects
  /// @throws InterruptedException if interrupted while waiting for room; the task was not taken
  CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException;

  /// Stops taking tasks, lets those taken finish until the deadline, then stops the rest: their
  /// futures fail with [TaskFailure.PoolClosed]. Blocks until nothing of the pool is left. A second
  /// call waits for the first and returns its report. If the thread is interrupted, the rest is
  /// stopped at once, as if the deadline had passed, and the thread stays interrupted.
  ///
  /// @param drain how long the tasks taken may still run; zero stops them at once
  /// @return what finished and what was lost after this call
  CloseReport close(Duration drain);

  /// [#close(Duration)] with the options' [PoolOptions#drain()].
  @Override
  default void close() {
    close(options().drain());
  }
}
