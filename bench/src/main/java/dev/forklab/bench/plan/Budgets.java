package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.util.List;

/// Shares time out among trials. The constants are measured costs on a small cloud machine; the
/// progress display corrects them by what the run itself measures.
final class Budgets {

  private static final long SECOND = 1_000_000_000L;

  /// Launching the harness's JVM, loading classes, ending.
  private static final long LAUNCH_NANOS = 1_300_000_000L;

  /// CPU time that starting a child JVM takes, and ending it.
  private static final long CHILD_NANOS = 300_000_000L;

  /// The same of another runtime's process.
  private static final long PEER_CHILD_NANOS = 70_000_000L;

  /// How much of a throughput trial's measured time a trial of another kind gets: each slice of
  /// latency holds many samples.
  private static final double LATENCY_WEIGHT = 0.5;

  /// One model alone needs as many slices of its own as it has among others.
  private static final double ISOLATED_WEIGHT = 0.25;

  /// A trial whose models are not steady by then goes on without verdicts on those.
  private static final long LONGEST_WARMUP_NANOS = 45 * SECOND;

  private static final long SLICE_NANOS = 20_000_000L;
  private static final int SHRINK_STEPS = 4;
  private static final long SHORTEST_MEASURE_NANOS = 2 * SECOND;

  private Budgets() {}

  /// How long the parts of trials may be so that all of them fit into a time.
  static Budget of(PlanRequest.Depth depth, List<PlannedTrial> trials, long nanos) {
    int startUps = startUps(depth);
    Budget warmed = new Budget(SLICE_NANOS, LONGEST_WARMUP_NANOS, 0, startUps);
    List<PlannedTrial> sliced =
        trials.stream().filter(trial -> trial.kind().interleavesSlices()).toList();
    long fixed =
        trials.stream()
            .mapToLong(trial ->
                trial.kind().interleavesSlices()
                    ? launchNanos(trial)
                        + SliceTiming.of(trial, warmed).expectedWarmupNanos(trial)
                        + PartsTiming.of(trial).nanos()
                    : trialNanos(trial, warmed))
            .sum();
    double weights = sliced.stream().mapToDouble(trial -> weight(trial.kind())).sum();
    return shrunk(trials, nanos, weights, warmed, (long) ((nanos - fixed) / weights));
  }

  /// Trials of long slices have more than their share where they need their fewest rounds; the rest
  /// makes up for it.
  private static Budget shrunk(
      List<PlannedTrial> trials, long nanos, double weights, Budget warmed, long measure) {
    Budget budget = measuring(warmed, measure);
    for (int i = 0; i < SHRINK_STEPS; i++) {
      long excess = nanos(trials, budget) - nanos;
      if (excess <= 0) {
        break;
      }
      budget = measuring(warmed, budget.measureNanos() - (long) (excess / weights));
    }
    return budget;
  }

  private static Budget measuring(Budget warmed, long measure) {
    return warmed.measuring(Math.max(SHORTEST_MEASURE_NANOS, measure));
  }

  private static long nanos(List<PlannedTrial> trials, Budget budget) {
    return trials.stream().mapToLong(trial -> trialNanos(trial, budget)).sum();
  }

  /// Whether trials fit into a time with no less than the fewest useful slices each.
  static boolean fit(PlanRequest.Depth depth, List<PlannedTrial> trials, long nanos) {
    Budget least =
        new Budget(SLICE_NANOS, LONGEST_WARMUP_NANOS, SHORTEST_MEASURE_NANOS, startUps(depth));
    return nanos(trials, least) <= nanos;
  }

  private static int startUps(PlanRequest.Depth depth) {
    return depth == PlanRequest.Depth.QUICK ? 2 : 3;
  }

  private static double weight(TrialKind kind) {
    return switch (kind) {
      case THROUGHPUT -> 1;
      case LATENCY -> LATENCY_WEIGHT;
      case ISOLATED -> ISOLATED_WEIGHT;
      case OPEN_LOOP, FOOTPRINT -> 0;
    };
  }

  static Budget forKind(TrialKind kind, Budget budget) {
    return budget.measuring(
        (long) (budget.measureNanos() * (weight(kind) == 0 ? 1 : weight(kind))));
  }

  static long trialNanos(PlannedTrial trial, Budget budget) {
    long launch = launchNanos(trial);
    return switch (trial.kind()) {
      case THROUGHPUT, LATENCY, ISOLATED ->
          launch + SliceTiming.of(trial, budget).totalNanos(trial) + PartsTiming.of(trial).nanos();
      case OPEN_LOOP -> launch + openLoopNanos(trial, budget);
      case FOOTPRINT ->
          LAUNCH_NANOS + Planner.LOAD_NANOS + (launch - LAUNCH_NANOS) * budget.startUps();
    };
  }

  private static long openLoopNanos(PlannedTrial trial, Budget budget) {
    return SliceTiming.of(trial, budget).expectedWarmupNanos(trial)
        + OpenLoopOrder.measuredNanos(trial);
  }

  private static long launchNanos(PlannedTrial trial) {
    Cell cell = trial.cell();
    long children = cell.workers() * trial.models().stream().filter(Model::hasChildJvms).count();
    long peers = trial.models().stream().filter(model -> model.role() == Role.PEER).count();
    return LAUNCH_NANOS
        + children * CHILD_NANOS / cell.cpus()
        + peers * (cell.workers() + 1) * PEER_CHILD_NANOS / cell.cpus();
  }
}
