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
///
/// A pool of processes that exchanges bytes takes part beside the same pool with JSON where sizes
/// and task times vary. How a pool scales over workers does not depend on its codec, and each pool
/// of processes costs a trial seconds of warming.
final class TrialModels {

  private final List<Model> asked;
  private final Optional<Cell> base;
  private final Optional<Cell> withExecutors;

  /// @param asked the models asked for, the baseline and its control among them
  /// @param executors whether the JDK's own take part
  TrialModels(Grid grid, List<Model> asked, boolean executors) {
    this.asked = asked;
    this.base = grid.base();
    this.withExecutors = executors ? grid.ofMostOverhead() : Optional.empty();
  }

  List<Model> of(TrialKind kind, Cell cell) {
    Set<Model> all = new TreeSet<>(asked.stream().filter(model -> takesPart(model, cell)).toList());
    if (kind == TrialKind.THROUGHPUT && withExecutors.equals(Optional.of(cell))) {
      Arrays.stream(Model.values()).filter(it -> it.role() == Role.REFERENCE).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /// Whether a model is measured in a cell at all.
  boolean takesPart(Model model, Cell cell) {
    boolean onAllCpus = base.filter(it -> it.workers() == cell.workers()).isPresent();
    return onAllCpus || asked.stream().noneMatch(model::isOtherCodecOf);
  }
}
