package dev.forklab.bench.jmh;

import dev.forklab.bench.models.ModelPools;
import dev.forklab.processes.ForkedProcessPool;
import dev.forklab.results.Model;
import dev.forklab.threads.PlatformThreadPool;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/// Opens each model for a trial: the pools of candidates, and what else takes part.
final class OpenModels {

  private OpenModels() {}

  /// The model's pool for this trial; starts what it needs to start.
  ///
  /// @param function the trial's one function, which all models within this JVM share: what a
  ///   workload holds in memory, it holds once
  /// @param messages all that it will be given
  static OpenModel open(
      Model model, TrialSpec spec, TaskFunction function, List<Messages> messages) {
    int workers = spec.planned().cell().workers();
    PoolOptions options =
        PoolOptions.ofWorkers(model.id(), workers)
            .withQueueCapacity(Math.max(spec.window(), workers));
    return switch (model) {
      case INLINE, CONTROL -> new OpenInline(function);
      case FORK, FORK_BINARY, THREADS, VIRTUAL ->
          open(
              ModelPools.open(
                  model,
                  options,
                  function,
                  () -> ModelPools.workers(spec.workload(), model, spec.workerJvmArgs())));
      case JDK_FIXED -> new OpenExecutor(Executors.newFixedThreadPool(workers), function);
      case JDK_VIRTUAL -> new OpenExecutor(Executors.newVirtualThreadPerTaskExecutor(), function);
      case JDK_FORKJOIN -> new OpenExecutor(new ForkJoinPool(workers), function);
      case NODE, NODE_BINARY, NODE_THREADS, PYTHON -> OpenPeer.open(model, spec);
      case INJECTED_0, INJECTED_1, INJECTED_2, INJECTED_3, INJECTED_5, INJECTED_10 ->
          new OpenPool(
              PlatformThreadPool.open(
                  options, SlowedTask.of(spec.workload(), model.extraWorkPercent(), messages)));
    };
  }

  private static OpenModel open(WorkerPool pool) {
    return pool instanceof ForkedProcessPool forked
        ? new OpenFork(forked.children())
        : new OpenPool(pool);
  }

  /// The calling thread computes.
  private record OpenInline(TaskFunction function) implements OpenModel {
    @Override
    public CompletableFuture<byte[]> submit(byte[] message) {
      return CompletableFuture.completedFuture(run(function, message));
    }

    @Override
    public void close() {}
  }

  /// One of the lab's own pools inside this JVM.
  private record OpenPool(WorkerPool pool) implements OpenModel {
    @Override
    public CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
      return pool.submit(message);
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /// A plain JDK executor, used as its documentation suggests.
  private record OpenExecutor(ExecutorService executor, TaskFunction function)
      implements OpenModel {
    @Override
    public CompletableFuture<byte[]> submit(byte[] message) {
      return CompletableFuture.supplyAsync(() -> run(function, message), executor);
    }

    @Override
    public void close() {
      executor.close();
    }
  }

  private static byte[] run(TaskFunction function, byte[] message) {
    try {
      return function.apply(message);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
