package dev.forklab.virtualthreads;

import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.pool.LocalPool;
import dev.forklab.workload.pool.LocalTask;
import dev.forklab.workload.pool.PoolOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// A pool whose workers are virtual threads: one for each task, of which a [Semaphore] lets
/// [PoolOptions#workers()] run at a time (the way that JEP 444 advises to limit concurrency).
///
/// The tasks that wait are threads too, started and parked at the semaphore; it is fair, so that
/// they run in the order in which they came, as in the other models. Messages and replies are
/// passed by reference. Threads are named after the pool (`name-1`, `name-2`, …).
///
/// Virtual threads run on the JVM's one scheduler, which has as many carrier threads as the JVM
/// sees CPUs (`-Djdk.virtualThreadScheduler.parallelism`). A function that only computes never
/// gives its carrier up: so more workers than carriers run no more tasks at once, and two pools in
/// one JVM share the carriers.
public final class VirtualThreadPool extends LocalPool {

  private final ExecutorService threads;
  private final Semaphore turns;

  private VirtualThreadPool(PoolOptions options, TaskFunction function, ExecutorService threads) {
    super(options, function, threads);
    this.threads = threads;
    this.turns = new Semaphore(options.workers(), true);
  }

  /// Makes the pool; no thread is started before there is a task.
  public static VirtualThreadPool open(PoolOptions options, TaskFunction function) {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(options.name() + "-", 1).factory());
    return new VirtualThreadPool(options, function, threads);
  }

  @Override
  protected void start(LocalTask task) {
    threads.execute(() -> task.runWithin(turns));
  }

  @Override
  protected void withdraw(LocalTask task) {
    // Dropping a task interrupts the thread that waits to run it: nothing else holds it.
  }
}
