package dev.forklab.bench.jmh;

import dev.forklab.results.Model;
import dev.forklab.threads.PlatformThreadPool;
import dev.forklab.virtualthreads.VirtualThreadPool;
import dev.forklab.workload.Kernel;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

/// Opens the pool of each model: the only place that knows all of them.
final class Contestants {

  private Contestants() {}

  /// The model's pool for this trial; starts what it needs to start.
  ///
  /// @param kernel the trial's one kernel, which all models within this JVM share: what a workload
  ///   holds in memory, it holds once
  /// @param messages what it will be given
  static Contestant open(Model model, TrialSpec spec, Kernel kernel, Messages messages) {
    int workers = spec.planned().cell().workers();
    PoolOptions options =
        PoolOptions.ofWorkers(model.id(), workers)
            .withQueueCapacity(Math.max(spec.window(), workers));
    return switch (model) {
      case INLINE, CONTROL -> new InlineContestant(kernel);
      case FORK, FORK_BINARY -> ForkContestant.open(model, options, spec);
      case THREADS -> new PoolContestant(PlatformThreadPool.open(options, kernel));
      case VIRTUAL -> new PoolContestant(VirtualThreadPool.open(options, kernel));
      case JDK_FIXED -> new ExecutorContestant(Executors.newFixedThreadPool(workers), kernel);
      case JDK_VIRTUAL ->
          new ExecutorContestant(Executors.newVirtualThreadPerTaskExecutor(), kernel);
      case JDK_FORKJOIN -> new ExecutorContestant(new ForkJoinPool(workers), kernel);
      case NODE, NODE_BINARY, NODE_THREADS, PYTHON -> PeerContestant.open(model, spec);
      case PLANTED_0, PLANTED_1, PLANTED_2, PLANTED_3, PLANTED_5, PLANTED_10 ->
          new PoolContestant(
              PlatformThreadPool.open(
                  options, PlantedKernel.of(spec.workload(), model.extraWorkPercent(), messages)));
    };
  }

  /// The calling thread computes.
  private record InlineContestant(Kernel kernel) implements Contestant {
    @Override
    public CompletableFuture<byte[]> submit(byte[] message) {
      return CompletableFuture.completedFuture(run(kernel, message));
    }

    @Override
    public void close() {}
  }

  /// One of the lab's own pools inside this JVM.
  private record PoolContestant(WorkerPool pool) implements Contestant {
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
  private record ExecutorContestant(ExecutorService executor, Kernel kernel) implements Contestant {
    @Override
    public CompletableFuture<byte[]> submit(byte[] message) {
      return CompletableFuture.supplyAsync(() -> run(kernel, message), executor);
    }

    @Override
    public void close() {
      executor.close();
    }
  }

  private static byte[] run(Kernel kernel, byte[] message) {
    try {
      return kernel.apply(message);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
