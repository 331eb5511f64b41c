package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The trials of one kind, cell by cell in the plan's order.
final class CellTrials {

  private final Map<Cell, List<TrialRounds>> byCell;

  private CellTrials(Map<Cell, List<TrialRounds>> byCell) {
    this.byCell = byCell;
  }

  static CellTrials of(TrialKind kind, Plan plan, List<Trial> trials) {
    Map<Cell, List<TrialRounds>> byCell = new LinkedHashMap<>();
    plan.cells().forEach(cell -> byCell.put(cell, new ArrayList<>()));
    for (Trial trial : trials) {
      if (trial.planned().kind() == kind) {
        byCell
            .computeIfAbsent(trial.planned().cell(), cell -> new ArrayList<>())
            .add(TrialRounds.of(trial));
      }
    }
    return new CellTrials(byCell);
  }

  Map<Cell, List<TrialRounds>> byCell() {
    return byCell;
  }

  /// Takes one thing from each trial and estimates all cells from them together, since they lend
  /// each other what they know of the spread of launches.
  ///
  /// @param take what to take, from many trials at a time; empty from one that has nothing
  /// @param estimate all cells' things to all cells' estimates, in one order
  <T> Map<Cell, StudentEstimate> estimate(
      Function<TrialRounds, Optional<T>> take,
      Function<List<List<T>>, List<StudentEstimate>> estimate) {
    List<List<T>> taken =
        byCell.values().parallelStream()
            .map(trials -> trials.stream().flatMap(trial -> take.apply(trial).stream()).toList())
            .toList();
    List<StudentEstimate> estimates = estimate.apply(taken);
    Map<Cell, StudentEstimate> result = new LinkedHashMap<>();
    int index = 0;
    for (Cell cell : byCell.keySet()) {
      StudentEstimate found = estimates.get(index++);
      if (Double.isFinite(found.value())) {
        result.put(cell, found);
      }
    }
    return result;
  }
}
