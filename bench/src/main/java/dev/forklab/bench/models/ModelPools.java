package dev.forklab.bench.models;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.processes.ForkedProcessPool;
import dev.forklab.results.Model;
import dev.forklab.threads.PlatformThreadPool;
import dev.forklab.virtualthreads.VirtualThreadPool;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/// Opens the pool of each candidate: the only place that knows all of them.
public final class ModelPools {

  private ModelPools() {}

  /// Opens it.
  ///
  /// @param function that all workers within this JVM share
  /// @param workers settings of workers in JVMs of their own, which make the function for
  ///   themselves; not asked for where there are none
  public static WorkerPool open(
      Model model,
      PoolOptions options,
      TaskFunction function,
      Supplier<ForkPoolOptions<byte[], byte[]>> workers) {
    return switch (model) {
      case FORK, FORK_BINARY -> forked(options, workers.get());
      case THREADS -> PlatformThreadPool.open(options, function);
      case VIRTUAL -> VirtualThreadPool.open(options, function);
      default -> throw new IllegalArgumentException("expected a candidate, found " + model.id());
    };
  }

  private static WorkerPool forked(PoolOptions options, ForkPoolOptions<byte[], byte[]> workers) {
    try {
      return ForkedProcessPool.open(options, workers);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the fork pool: " + e.getMessage(), e);
    }
  }

  /// Settings of workers in JVMs of their own.
  public static ForkPoolOptions<byte[], byte[]> workers(
      WorkloadSpec workload, Model model, List<String> jvmArgs) {
    return ForkedProcessPool.workers(workload)
        .execArgv(jvmArgs.toArray(String[]::new))
        .serialization(serialization(model));
  }

  private static Serialization serialization(Model model) {
    return switch (model.codec().orElseThrow()) {
      case JSON -> Serialization.JSON;
      case BINARY -> Serialization.ADVANCED;
    };
  }
}
