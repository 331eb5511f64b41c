package dev.forklab.bench.selftest;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Seeded;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The plans of a selftest's measurements: a number of trials of one kind in some cells, in order,
/// with the heap and collector of a usual run.
///
/// @param usual the plan of a run by default on this machine
/// @param seed of the order of slices
record Trials(Plan usual, long seed) {

  private static final long MILLI = 1_000_000;

  /// One trial in each cell.
  Plan of(String workload, TrialKind kind, List<Cell> cells, List<Model> models, Budget budget) {
    return of(workload, kind, cells, models, budget, 1);
  }

  Plan of(
      String workload,
      TrialKind kind,
      List<Cell> cells,
      List<Model> models,
      Budget budget,
      int blocks) {
    RandomGenerator random = Seeded.random(seed);
    List<PlannedTrial> trials = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      for (Cell cell : cells) {
        trials.add(new PlannedTrial(trials.size(), block, kind, cell, models, random.nextLong()));
      }
    }
    return with(workload, blocks, cells, models, budget, trials);
  }

  Plan with(
      String workload,
      int blocks,
      List<Cell> cells,
      List<Model> models,
      Budget budget,
      List<PlannedTrial> trials) {
    return new Plan(
        seed,
        workload,
        blocks,
        cells,
        models,
        budget,
        usual.heapBytes(),
        usual.collector(),
        trials);
  }

  static Budget budget(long sliceMillis, long warmupMillis, long measureMillis) {
    return new Budget(sliceMillis * MILLI, warmupMillis * MILLI, measureMillis * MILLI, 1);
  }
}
