package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Seeded;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A plan that measures throughput in some cells of another plan for so long, and so warm, that
/// what the other run said of them can be held against it.
///
/// Each cell gets four launches of all candidates, since launches of forked workers differ more
/// than their slices do. A launch runs under load for [#WARM_NANOS] before anything is kept,
/// whatever its compilers say, and then for [#MEASURE_NANOS] in slices of [#SLICE_NANOS], several
/// times as long as a usual run's: what slices are too short for would show as a difference. It is
/// built of the lab's own trials; what it cannot show is a fault that those have at any length.
public final class ReferencePlan {

  private static final long SECOND = 1_000_000_000L;
  private static final long SLICE_NANOS = 150_000_000L;
  private static final long WARM_NANOS = 20 * SECOND;
  private static final long MEASURE_NANOS = 12 * SECOND;
  private static final int LAUNCHES = 4;

  private ReferencePlan() {}

  /// The plan for what `run` measured with as many workers as its base configuration has.
  public static Plan of(Plan run, long seed) {
    int workers =
        run.base()
            .map(Cell::workers)
            .orElseThrow(() -> new BadRequestException("expected a run with a cell, found none"));
    List<Cell> cells =
        run.cells().stream()
            .filter(cell -> cell.workers() == workers && !cell.oversubscribed())
            .toList();
    List<Model> models = run.models().stream().filter(ReferencePlan::takesPart).toList();
    Random random = Seeded.random(seed);
    List<PlannedTrial> trials = new ArrayList<>();
    for (int block = 0; block < LAUNCHES; block++) {
      for (Cell cell : cells) {
        trials.add(
            new PlannedTrial(
                trials.size(), block, TrialKind.THROUGHPUT, cell, models, random.nextLong()));
      }
    }
    return new Plan(
        seed,
        run.workload(),
        LAUNCHES,
        cells,
        models,
        new Budget(SLICE_NANOS, WARM_NANOS, 2 * WARM_NANOS, MEASURE_NANOS, 1),
        run.heapBytes(),
        run.collector(),
        trials,
        run.workloadJars(),
        null);
  }

  private static boolean takesPart(Model model) {
    return model.role() == Role.BASELINE
        || model.role() == Role.CONTROL
        || model.role() == Role.CANDIDATE;
  }
}
