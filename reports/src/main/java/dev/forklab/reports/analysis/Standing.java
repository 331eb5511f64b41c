package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How the candidates of one cell stand to each other in throughput, however many there are: those
/// that share the process of their caller, and those that keep a crash in one worker.
///
/// @param shared in the plan's order
/// @param isolating in the plan's order
record Standing(Facts facts, Cell cell, List<Model> shared, List<Model> isolating) {

  static Standing of(Facts facts, Cell cell) {
    List<Model> compared =
        facts.findings().stream()
            .filter(found -> found.metric() == Metric.THROUGHPUT && found.cell().equals(cell))
            .filter(found -> found.model().isCandidate() && found.against().isCandidate())
            .flatMap(found -> Stream.of(found.model(), found.against()))
            .distinct()
            .sorted()
            .toList();
    return new Standing(
        facts,
        cell,
        compared.stream().filter(Model::inProcess).toList(),
        compared.stream().filter(Model::isolates).toList());
  }

  /// Every candidate that was compared, in the plan's order.
  List<Model> all() {
    return Stream.concat(shared.stream(), isolating.stream()).sorted().toList();
  }

  /// The comparison that the answer rests on: what stands for the models that isolate against what
  /// stands for those that do not; where all are of one kind, the next of them against their
  /// leader.
  Optional<Finding> main(Metric metric) {
    Optional<Model> isolated = leader(isolating);
    Optional<Model> best = leader(shared).or(() -> isolated);
    List<Model> others =
        isolated.isPresent() && !shared.isEmpty() ? List.of(isolated.get()) : all();
    return best.flatMap(leader ->
        others.stream()
            .filter(model -> model != leader)
            .flatMap(model -> facts.finding(metric, cell, model, leader).stream())
            .findFirst());
  }

  Optional<Finding> throughput(Model model, Model against) {
    return facts.finding(Metric.THROUGHPUT, cell, model, against);
  }

  /// Those of a group that no other of it is known to be faster than.
  List<Model> leaders(List<Model> group) {
    return group.stream()
        .filter(model -> verdicts(model, group).noneMatch(verdict -> verdict == Verdict.SLOWER))
        .toList();
  }

  /// The leader that stands for its group: the one whose throughput was greatest.
  Optional<Model> leader(List<Model> group) {
    return leaders(group).stream()
        .max(
            Comparator.comparingDouble(this::tasksPerSecond)
                .thenComparing(Comparator.<Model>naturalOrder().reversed()));
  }

  private double tasksPerSecond(Model model) {
    return facts
        .result(cell, model)
        .flatMap(CellResult::throughput)
        .map(Estimate::value)
        .orElse(0.0);
  }

  /// The verdict that counts of a model against a whole group: slower than any is slower, else what
  /// is uncertain stays so. Empty if it was compared with none of it.
  Optional<Verdict> against(Model model, List<Model> group) {
    List<Verdict> found = verdicts(model, group).toList();
    return Stream.of(
            Verdict.SLOWER, Verdict.UNMEASURED, Verdict.INCONCLUSIVE, Verdict.SAME, Verdict.FASTER)
        .filter(found::contains)
        .findFirst();
  }

  private Stream<Verdict> verdicts(Model model, List<Model> group) {
    return group.stream().flatMap(other -> throughput(model, other).stream()).map(Finding::verdict);
  }
}
