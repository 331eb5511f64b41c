package dev.forklab.processes;

import dev.forklab.fork.pool.CloseReport;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A pool whose workers are child JVMs: a [ForkPool] of [WorkloadTask]s.
///
/// Messages and replies are copied through a socket. [#open] starts the workers and returns before
/// they are ready: a JVM takes some tenths of a second.
///
/// @param options what the pool was built with
/// @param children the processes, and what only those have: ids, heaps, metrics
public record ForkedProcessPool(PoolOptions options, ForkPool<byte[], byte[]> children)
    implements WorkerPool {

  /// Starts the workers.
  ///
  /// @throws IOException if the first cannot even be started
  public static ForkedProcessPool open(PoolOptions options, WorkloadSpec workload)
      throws IOException {
    return open(options, workers(workload));
  }

  /// Starts workers with settings of their own: their heaps, flags, serialization.
  ///
  /// @param workers from [#workers]
  /// @throws IOException if the first cannot even be started
  public static ForkedProcessPool open(PoolOptions options, ForkPoolOptions<byte[], byte[]> workers)
      throws IOException {
    ForkPoolOptions<byte[], byte[]> all =
        workers
            .name(options.name())
            .workers(options.workers())
            .queue(options.queueCapacity())
            .whenFull(options.whenFull())
            .drain(options.drain());
    return new ForkedProcessPool(
        options, options.taskTimeout().map(all::taskTimeout).orElse(all).open());
  }

  /// Settings of workers that run this workload.
  public static ForkPoolOptions<byte[], byte[]> workers(WorkloadSpec workload) {
    return ForkPool.with(WorkloadTask.class)
        .args(WorkloadTask.args(workload))
        .startArchiveName(workload.name());
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
    return children.submit(message);
  }

  @Override
  public CloseReport close(Duration drain) {
    return children.close(drain);
  }
}
