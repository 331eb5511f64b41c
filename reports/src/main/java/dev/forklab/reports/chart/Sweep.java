package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which of a run's cells the charts show: a chart has one axis, a run may have varied several
/// things. The other cells stand in the tables.
public final class Sweep {

  private static final int ORDINARY_MESSAGE_BYTES = 4096;

  private final Analysis analysis;
  private final List<Cell> cells;

  public Sweep(Analysis analysis) {
    this.analysis = analysis;
    this.cells =
        List.copyOf(new LinkedHashSet<>(analysis.cells().stream().map(CellResult::cell).toList()));
  }

  /// Cells that differ in the number of workers only, fewest first: of all such groups the one with
  /// the most cells, and of equals the one whose messages are most ordinary.
  public List<Cell> overWorkers() {
    return largest(
        cell -> new Cell(1, 1, cell.messageBytes(), cell.taskNanos()),
        Comparator.comparingInt(Cell::workers),
        Comparator.comparingDouble(Sweep::strangeness));
  }

  /// Cells that differ in the size of messages only, smallest first: of the largest groups the one
  /// with the most workers that still have a CPU each.
  public List<Cell> overSizes() {
    return largest(
        cell -> new Cell(cell.workers(), cell.cpus(), 1, cell.taskNanos()),
        Comparator.comparingInt(Cell::messageBytes),
        Comparator.comparing(Cell::oversubscribed)
            .thenComparing(Comparator.comparingInt(Cell::workers).reversed()));
  }

  /// The cell that a single sentence is about: all CPUs busy, none shared.
  public Optional<Cell> focus() {
    return focus(overWorkers());
  }

  /// The cell whose latency is shown: the same, among those where latency was measured.
  public Optional<Cell> latencyFocus() {
    return focus(
        overWorkers().stream()
            .filter(cell ->
                analysis.cells().stream()
                    .anyMatch(result -> result.cell().equals(cell) && result.latency().isPresent()))
            .toList());
  }

  static Optional<Cell> focus(Collection<Cell> cells) {
    return cells.stream()
        .min(
            Comparator.comparing(Cell::oversubscribed)
                .thenComparing(Comparator.comparingInt(Cell::cpus).reversed())
                .thenComparingInt(Cell::workers));
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

  private List<Cell> largest(
      Function<Cell, Cell> group, Comparator<Cell> order, Comparator<Cell> preference) {
    Map<Cell, List<Cell>> groups = new LinkedHashMap<>();
    for (Cell cell : cells) {
      groups.computeIfAbsent(group.apply(cell), _ -> new ArrayList<>()).add(cell);
    }
    return groups.values().stream()
        .min(
            Comparator.<List<Cell>>comparingInt(List::size)
                .reversed()
                .thenComparing(List::getFirst, preference))
        .map(found -> found.stream().sorted(order).toList())
        .orElse(List.of());
  }

  private static double strangeness(Cell cell) {
    return Math.abs(Math.log((double) cell.messageBytes() / ORDINARY_MESSAGE_BYTES));
  }
}
