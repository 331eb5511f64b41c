package dev.forklab.bench.cluster;

import dev.forklab.bench.experiment.Sample;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Seeded;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What is measured in one block, in one launch of the primaries.
final class ClusterBlock {

  private final ClusterPlan plan;
  private final int block;
  private final Primaries primaries;
  private final Consumer<Sample<ClusterContestant>> measured;
  private final Random random;

  ClusterBlock(
      ClusterPlan plan,
      int block,
      Primaries primaries,
      Consumer<Sample<ClusterContestant>> measured) {
    this.plan = plan;
    this.block = block;
    this.primaries = primaries;
    this.measured = measured;
    this.random = Seeded.random(block);
  }

  void measure() throws IOException, InterruptedException {
    List<ClusterContestant> all = primaries.contestants();
    for (ClusterContestant contestant : all) {
      load(contestant, true, plan.warmUp());
      load(contestant, false, plan.warmUp());
    }
    long endNanos = System.nanoTime() + plan.traffic().toNanos();
    for (int round = 0; round < 2 || System.nanoTime() < endNanos; round++) {
      for (ClusterContestant contestant : Seeded.mirrored(all, random)) {
        kept(round, contestant);
      }
      for (ClusterContestant contestant : Seeded.mirrored(all, random)) {
        fresh(round, contestant);
      }
    }
    for (int round = 0; round < plan.reloads(); round++) {
      for (ClusterContestant contestant : all) {
        reload(round, contestant);
      }
    }
  }

  private void kept(int round, ClusterContestant contestant)
      throws IOException, InterruptedException {
    Load load = load(contestant, true, plan.slice());
    record(round, ClusterMeasure.KEPT_RATE, contestant, load.rate(), load);
    record(round, ClusterMeasure.KEPT_P99, contestant, load.p99Nanos(), load);
  }

  private void fresh(int round, ClusterContestant contestant)
      throws IOException, InterruptedException {
    Load load = load(contestant, false, plan.slice());
    record(round, ClusterMeasure.FRESH_RATE, contestant, load.rate(), load);
    record(round, ClusterMeasure.FRESH_P99, contestant, load.p99Nanos(), load);
    double share = load.largestShare(ClusterPlan.WORKERS);
    record(round, ClusterMeasure.LARGEST_SHARE, contestant, share, load);
  }

  /// Half of the load on kept connections, half with a connection for each request.
  private void reload(int round, ClusterContestant contestant)
      throws IOException, InterruptedException {
    int port = primaries.port(contestant);
    AtomicBoolean reloaded = new AtomicBoolean();
    FutureTask<Load> kept = client(port, true, reloaded::get);
    FutureTask<Load> fresh = client(port, false, reloaded::get);
    try {
      primaries.reload(contestant);
    } finally {
      reloaded.set(true);
    }
    for (Load load : List.of(finish(kept), finish(fresh))) {
      measured.accept(
          new Sample<>(
              block,
              round,
              ClusterMeasure.LOST.id(),
              contestant,
              load.lostCount(),
              load.answeredCount() + load.lostCount()));
    }
  }

  private static FutureTask<Load> client(int port, boolean keeps, BooleanSupplier stops) {
    Callable<Load> run = () -> LoadClient.run(port, ClusterPlan.CONNECTIONS / 2, keeps, stops);
    FutureTask<Load> client = new FutureTask<>(run);
    Thread.ofPlatform().daemon().name("cluster-client").start(client);
    return client;
  }

  private static Load finish(FutureTask<Load> client) throws IOException, InterruptedException {
    try {
      return client.get();
    } catch (ExecutionException e) {
      throw new IOException("a client could not go on: " + e.getCause(), e);
    }
  }

  private Load load(ClusterContestant contestant, boolean keeps, Duration time)
      throws IOException, InterruptedException {
    int port = primaries.port(contestant);
    long endNanos = System.nanoTime() + time.toNanos();
    Load load =
        LoadClient.run(
            port, ClusterPlan.CONNECTIONS, keeps, () -> System.nanoTime() - endNanos >= 0);
    if (load.lostCount() > 0 || load.answeredCount() == 0) {
      throw new RuntimeFailedException(
          "expected every request of %s to be answered, found %d answers and %d lost"
              .formatted(contestant.label(), load.answeredCount(), load.lostCount()));
    }
    return load;
  }

  private void record(
      int round, ClusterMeasure measure, ClusterContestant contestant, double value, Load load) {
    measured.accept(
        new Sample<>(block, round, measure.id(), contestant, value, load.answeredCount()));
  }
}
