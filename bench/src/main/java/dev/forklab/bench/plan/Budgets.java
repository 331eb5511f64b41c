package dev.forklab.bench.plan;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Model.Role;
import dev.forklab.reports.results.Plan.Budget;
import dev.forklab.reports.results.Plan.PlannedTrial;
import dev.forklab.reports.results.TrialKind;
import java.util.ArrayList;
import java.util.List;

/// Shares a run's time out among its trials. The constants are measured costs on a small cloud
/// machine; the progress display corrects them by what the run itself measures.
final class Budgets {

  private static final long SECOND = 1_000_000_000L;

  /// Launching the harness's JVM, loading classes, ending.
  private static final long LAUNCH_NANOS = 1_300_000_000L;

  /// CPU time that starting a child JVM takes, and ending it.
  private static final long CHILD_NANOS = 300_000_000L;

  /// The same of another runtime's process.
  private static final long PEER_CHILD_NANOS = 70_000_000L;

  /// How long a footprint trial keeps its pool loaded before memory is read again.
  static final long LOAD_NANOS = SECOND;

  /// Share of the slices' time that latency trials get.
  private static final double LATENCY_SHARE = 0.35;

  /// Share of the time for slices that goes into warm-up: a slow model measured before it has
  /// settled is worth less than fewer slices of a settled one.
  private static final double WARMUP_SHARE = 0.5;

  /// Warm-up of one in-process model; the fork model gets a multiple.
  private static final long SHORTEST_WARMUP_NANOS = 3 * SECOND / 20;

  private static final long LONGEST_WARMUP_NANOS = SECOND;

  private static final long SLICE_NANOS = 20_000_000L;
  private static final long SHORTEST_MEASURE_NANOS = 2 * SECOND;
  private static final long CALIBRATION_NANOS = 5 * SECOND;

  private Budgets() {}

  static Budget of(PlanRequest request, List<Cell> cells, List<Model> models, int blocks) {
    boolean quick = request.depth() == PlanRequest.Depth.QUICK;
    int startUps = quick ? 2 : 3;
    List<PlannedTrial> main = new ArrayList<>();
    for (Cell cell : cells) {
      for (TrialKind kind : List.of(TrialKind.THROUGHPUT, TrialKind.LATENCY)) {
        List<Model> taking = TrialModels.of(kind, cell, cells, models);
        main.add(new PlannedTrial(0, 0, kind, cell, taking, 0));
      }
    }
    Budget least = new Budget(SLICE_NANOS, SHORTEST_WARMUP_NANOS, 0, startUps);
    long perBlock =
        SideTrials.of(cells, models, request.depth()).stream()
            .mapToLong(trial -> trialNanos(trial, least))
            .sum();
    perBlock += main.stream().mapToLong(it -> launchNanos(it.cell(), it.models())).sum();
    long left = (request.time().toNanos() - CALIBRATION_NANOS) / blocks - perBlock;
    long warmup = warmupNanos((long) (left * WARMUP_SHARE), main);
    Budget warmed = new Budget(SLICE_NANOS, warmup, 0, startUps);
    long warming = main.stream().mapToLong(it -> SliceTiming.of(it, warmed).warmupNanos(it)).sum();
    long measure = (long) ((left - warming) * (1 - LATENCY_SHARE)) / cells.size();
    return new Budget(SLICE_NANOS, warmup, Math.max(SHORTEST_MEASURE_NANOS, measure), startUps);
  }

  /// The warm-up of one in-process model that a block's trials can have within a time.
  private static long warmupNanos(long nanos, List<PlannedTrial> trials) {
    long turns =
        trials.stream().mapToLong(it -> SliceOrder.warmupRoundSlices(it.models(), it.cell())).sum();
    return Math.clamp(nanos / turns, SHORTEST_WARMUP_NANOS, LONGEST_WARMUP_NANOS);
  }

  /// Latency trials need fewer rounds: each of their slices holds many samples.
  static Budget forKind(TrialKind kind, Budget budget) {
    if (kind != TrialKind.LATENCY) {
      return budget;
    }
    long measure = (long) (budget.measureNanos() * LATENCY_SHARE / (1 - LATENCY_SHARE));
    return new Budget(budget.sliceNanos(), budget.warmupNanos(), measure, budget.startUps());
  }

  static long trialNanos(PlannedTrial trial, Budget budget) {
    long launch = launchNanos(trial.cell(), trial.models());
    return switch (trial.kind()) {
      case THROUGHPUT, LATENCY -> launch + SliceTiming.of(trial, budget).totalNanos(trial);
      case OPEN_LOOP -> launch + openLoopNanos(trial, budget);
      case FOOTPRINT -> LAUNCH_NANOS + LOAD_NANOS + (launch - LAUNCH_NANOS) * budget.startUps();
    };
  }

  private static long openLoopNanos(PlannedTrial trial, Budget budget) {
    long steps = (long) trial.models().size() * OpenLoopOrder.LOADS.size();
    return SliceTiming.of(trial, budget).warmupNanos(trial)
        + steps * OpenLoopOrder.stepNanos(trial.cell());
  }

  private static long launchNanos(Cell cell, List<Model> models) {
    long children = models.contains(Model.FORK) ? cell.workers() : 0;
    long peers = models.stream().filter(model -> model.role() == Role.PEER).count();
    return LAUNCH_NANOS
        + children * CHILD_NANOS / cell.cpus()
        + peers * (cell.workers() + 1) * PEER_CHILD_NANOS / cell.cpus();
  }
}
