package dev.forklab.bench.jmh;

import dev.forklab.fork.channel.HeapUse;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.fork.codec.Serialization;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.WorkerStats;
import dev.forklab.workload.pool.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The pool of child JVMs, each with its share of the heap.
record ForkContestant(ForkPool pool, List<String> workerJvmArgs) implements Contestant {

  /// Makes what lets children start faster, once on a machine, before any start is timed.
  static void prepare(TrialSpec spec) throws IOException, InterruptedException {
    var _ = ForkPool.prepare(options(PoolOptions.ofWorkers("prepare", 1), spec));
  }

  private static ForkPoolOptions options(PoolOptions options, TrialSpec spec) {
    return ForkPoolOptions.of(options, spec.workload())
        .withJvmArgs(spec.workerJvmArgs())
        .withSerialization(serialization(spec.planned().cell().codec()));
  }

  static ForkContestant open(PoolOptions options, TrialSpec spec) {
    try {
      return new ForkContestant(new ForkPool(options(options, spec)), spec.workerJvmArgs());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the fork pool: " + e.getMessage(), e);
    }
  }

  @Override
  public CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
    return pool.submit(message);
  }

  @Override
  public List<Long> workerPids() {
    return pool.pids();
  }

  @Override
  public HeapBytes workerHeap() {
    List<HeapUse> heaps =
        pool.stats().stream().map(WorkerStats::heap).flatMap(Optional::stream).toList();
    return new HeapBytes(
        heaps.stream().mapToLong(HeapUse::usedBytes).sum(),
        heaps.stream().mapToLong(HeapUse::committedBytes).sum());
  }

  @Override
  public HeapWork workerWork() {
    return pool.heapWork().stream().reduce(new HeapWork(0, 0, 0), EffortMeter::sum);
  }

  @Override
  public void close() {
    pool.close();
  }

  private static Serialization serialization(String codec) {
    return switch (codec) {
      case "json" -> Serialization.JSON;
      case "binary" -> Serialization.ADVANCED;
      default -> throw new IllegalArgumentException("expected json or binary, found " + codec);
    };
  }
}
