package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Grid.Factor;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Optional;

/// Which of a run's cells the charts show: a chart has one axis, a run may have varied several
/// things. The other cells stand in the tables.
public final class Sweep {

  private final Analysis analysis;
  private final Grid grid;

  public Sweep(Analysis analysis) {
    this.analysis = analysis;
    this.grid = analysis.grid();
  }

  /// Cells that differ in the number of workers only, fewest first.
  public List<Cell> overWorkers() {
    return grid.along(Factor.WORKERS);
  }

  /// Cells that differ in the size of messages only, smallest first.
  public List<Cell> overSizes() {
    return grid.along(Factor.MESSAGES);
  }

  /// The cell that a single sentence is about.
  public Optional<Cell> focus() {
    return grid.base();
  }

  /// The cell whose latency is shown: the same, if its latency was measured.
  public Optional<Cell> latencyFocus() {
    List<Cell> timed =
        analysis.cells().stream()
            .filter(result -> result.latency().isPresent())
            .map(CellResult::cell)
            .distinct()
            .toList();
    return timed.isEmpty() ? Optional.empty() : grid.within(timed).base();
  }

  public Optional<CellResult> result(Cell cell, Model model) {
    return analysis.cells().stream()
        .filter(result -> result.cell().equals(cell) && result.model() == model)
        .findFirst();
  }

  /// Baseline, candidates and peers, in the plan's order: what the charts show. References and the
  /// control have a table of their own.
  List<Model> models() {
    return analysis.run().plan().models().stream()
        .filter(model -> model.role() == Model.Role.BASELINE || isPool(model))
        .toList();
  }

  /// Those of them that have workers.
  List<Model> pools() {
    return models().stream().filter(Sweep::isPool).toList();
  }

  static boolean isPool(Model model) {
    return model.role() == Model.Role.CANDIDATE || model.role() == Model.Role.PEER;
  }

  List<Model> candidates() {
    return models().stream().filter(model -> model.role() == Model.Role.CANDIDATE).toList();
  }

  /// How a model compares with each other model that is shown, in one cell.
  List<Plot.Ratio> ratios(Metric metric, Cell cell, Model model) {
    return models().stream()
        .flatMap(against -> analysis.finding(metric, cell, model, against).stream())
        .filter(found -> found.ratio().known())
        .map(found -> new Plot.Ratio(found.against(), found.ratio(), found.verdict()))
        .toList();
  }

  /// A shift within a slot that keeps models with equal numbers apart.
  double dodge(Model model) {
    return (models().indexOf(model) - (models().size() - 1) / 2.0) * 0.075;
  }

  /// The task time of cells that were asked for the same one.
  String tasks(List<Cell> group) {
    return analysis.taskTimes().name(group, " tasks");
  }

  /// What a group of cells over workers has in common, in words.
  String constantsOverWorkers(List<Cell> group) {
    Cell cell = group.getFirst();
    return tasks(group) + ", " + Quantity.size(cell.messageBytes()) + " messages";
  }

  static String workers(int count) {
    return count == 1 ? "1 worker" : count + " workers";
  }
}
