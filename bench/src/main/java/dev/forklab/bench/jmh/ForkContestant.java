package dev.forklab.bench.jmh;

import dev.forklab.fork.channel.HeapUse;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.fork.codec.Serialization;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.WorkerStats;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/// The pool of child JVMs, each with its share of the heap.
record ForkContestant(ForkPool pool, List<String> workerJvmArgs) implements Contestant {

  private static final int REHEARSED_BYTES = 4096;

  /// A shorter task than the trial's: in the seconds of a rehearsal the codec has to get hot too.
  private static final int REHEARSED_SHARE = 10;

  /// Makes what lets children start faster and be warm sooner, once on a machine, before anything
  /// is timed. Where its file cannot be written, they start without.
  ///
  /// @return whether they have it
  static boolean prepare(TrialSpec spec) throws InterruptedException {
    WorkloadSpec workload = spec.workload();
    WorkloadSpec shorter =
        new WorkloadSpec(workload.name(), Math.max(1, workload.iterations() / REHEARSED_SHARE));
    byte[] message = new byte[REHEARSED_BYTES];
    new Random(REHEARSED_BYTES).nextBytes(message);
    try {
      return ForkPool.prepare(options(PoolOptions.ofWorkers("prepare", 1), spec, shorter), message);
    } catch (IOException _) {
      return false;
    }
  }

  private static ForkPoolOptions options(
      PoolOptions options, TrialSpec spec, WorkloadSpec workload) {
    return ForkPoolOptions.of(options, workload)
        .withJvmArgs(spec.workerJvmArgs())
        .withSerialization(serialization(spec.planned().cell().codec()));
  }

  static ForkContestant open(PoolOptions options, TrialSpec spec) {
    try {
      return new ForkContestant(
          new ForkPool(options(options, spec, spec.workload())), spec.workerJvmArgs());
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
