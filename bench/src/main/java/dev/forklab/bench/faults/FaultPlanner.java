package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.Model;
import dev.forklab.results.Seeded;
import dev.forklab.results.Way;
import dev.forklab.workload.Workload;
import dev.forklab.workload.WorkloadSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Turns a request into a plan: rounds, in each of which every fault meets every model in both
/// ways, production first, and models are next to each other in an order that turns around from
/// round to round. Faults come in a seeded order, but run naively in the order in which they are
/// listed, the usual ones first: the time often ends among them.
public final class FaultPlanner {

  /// What a trial usually takes.
  static final Duration USUAL_TRIAL = Duration.ofSeconds(8);

  /// The size of each message.
  public static final int MESSAGE_BYTES = 4096;

  private static final long HEAP_BYTES = 144L << 20;
  private static final int MOST_ITERATIONS = 1 << 24;
  private static final long TIMING_NANOS = 30_000_000;
  private static final int WARM_UP_ITERATIONS = 64;
  private static final long WARM_UP_NANOS = 2_000_000_000;

  private FaultPlanner() {}

  /// Plans; finds the amount of work for the task time by trying, for some tenths of a second.
  public static FaultPlan plan(FaultRequest request) {
    Random random = Seeded.random(request.seed());
    Workload workload = new WorkloadSpec(request.workload(), 1).workload();
    int iterations = iterations(workload, request.task().toNanos());
    return new FaultPlan(
        request.seed(),
        request.workload(),
        request.workloadJars(),
        iterations,
        nanos(workload, iterations),
        MESSAGE_BYTES,
        request.workers(),
        HEAP_BYTES,
        request.time().toNanos(),
        trials(request, random));
  }

  /// How long a plan takes, if there is time for all of it.
  public static Duration estimate(FaultPlan plan) {
    Duration all = USUAL_TRIAL.multipliedBy(plan.trials().size());
    Duration most = Duration.ofNanos(plan.timeNanos());
    return all.compareTo(most) < 0 ? all : most;
  }

  private static List<PlannedFault> trials(FaultRequest request, Random random) {
    List<PlannedFault> trials = new ArrayList<>();
    for (int round = 0; round < request.repetitions(); round++) {
      for (Way way : Way.values()) {
        List<Fault> faults = new ArrayList<>(request.faults());
        if (way == Way.PRODUCTION) {
          Collections.shuffle(faults, random);
        }
        List<Model> models = round % 2 == 0 ? request.models() : request.models().reversed();
        for (Fault fault : faults) {
          for (Model model : models) {
            trials.add(new PlannedFault(trials.size(), fault, model, way, random.nextLong()));
          }
        }
      }
    }
    return trials;
  }

  private static int iterations(Workload workload, long wantedNanos) {
    long _ = nanos(workload, WARM_UP_ITERATIONS, WARM_UP_NANOS);
    int iterations = 1;
    while (iterations < MOST_ITERATIONS && nanos(workload, iterations) < wantedNanos) {
      iterations *= 2;
    }
    if (iterations >= MOST_ITERATIONS) {
      return 1; // Its work does not depend on them.
    }
    double found = nanos(workload, iterations);
    return (int) Math.max(1, Math.round(iterations * Math.min(1, wantedNanos / found)));
  }

  private static long nanos(Workload workload, int iterations) {
    return nanos(workload, iterations, TIMING_NANOS);
  }

  /// The quickest of the tasks that fit into a time, at least one.
  private static long nanos(Workload workload, int iterations, long time) {
    byte[] message = new byte[MESSAGE_BYTES];
    long least = Long.MAX_VALUE;
    try {
      for (long begin = System.nanoTime(), now = begin; now - begin < time; ) {
        byte[] _ = workload.apply(message, iterations);
        long end = System.nanoTime();
        least = Math.min(least, end - now);
        now = end;
      }
    } catch (Exception e) {
      throw new IllegalStateException("the workload failed in the lab: " + e, e);
    }
    return least;
  }
}
