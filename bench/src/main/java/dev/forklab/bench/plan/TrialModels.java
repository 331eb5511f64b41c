package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.TrialKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which models a trial holds: those asked for, and in one cell of every run but a quick one the
/// JDK's own executors.
///
/// That cell is the one where a pool's own cost shows most: the shortest tasks, the smallest
/// messages, a worker for each CPU. There the executors take part in throughput, so that such a run
/// says what the lab's pools cost beside them, for the price of fewer rounds in that one cell.
final class TrialModels {

  private TrialModels() {}

  /// @param models those asked for, the baseline and its control among them
  static List<Model> of(TrialKind kind, Cell cell, List<Cell> cells, List<Model> models) {
    if (kind != TrialKind.THROUGHPUT
        || !new Grid(cells).ofMostOverhead().equals(Optional.of(cell))) {
      return models;
    }
    Set<Model> all = new TreeSet<>(models);
    Arrays.stream(Model.values()).filter(model -> model.role() == Role.REFERENCE).forEach(all::add);
    return List.copyOf(all);
  }
}
