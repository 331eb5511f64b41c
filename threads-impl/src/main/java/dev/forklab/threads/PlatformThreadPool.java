package dev.forklab.threads;

import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.pool.LocalPool;
import dev.forklab.workload.pool.LocalTask;
import dev.forklab.workload.pool.PoolOptions;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A pool whose workers are platform threads of this JVM: a [ThreadPoolExecutor] of fixed size over
/// a [LinkedBlockingQueue], as [java.util.concurrent.Executors#newFixedThreadPool] makes it.
///
/// Messages and replies are passed by reference. All threads are started by [#open], so that the
/// first tasks pay nothing that later ones do not; they are daemons named after the pool (`name-1`,
/// `name-2`, …), so that a pool which was not closed does not keep the JVM alive.
public final class PlatformThreadPool extends LocalPool {

  private final ThreadPoolExecutor threads;

  private PlatformThreadPool(
      PoolOptions options, TaskFunction function, ThreadPoolExecutor threads) {
    super(options, function, threads);
    this.threads = threads;
  }

  /// Starts the workers.
  ///
  /// @throws OutOfMemoryError if the system refuses so many threads; none is left behind
  public static PlatformThreadPool open(PoolOptions options, TaskFunction function) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            options.workers(),
            options.workers(),
            0,
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(), // bounded by the admission of LocalPool
            Thread.ofPlatform().name(options.name() + "-", 1).daemon().factory());
    try {
      threads.prestartAllCoreThreads();
      return new PlatformThreadPool(options, function, threads);
    } catch (Throwable e) {
      threads.shutdownNow();
      throw e;
    }
  }

  @Override
  protected void start(LocalTask task) {
    threads.execute(task);
  }

  @Override
  protected void withdraw(LocalTask task) {
    threads.remove(task);
  }
}
