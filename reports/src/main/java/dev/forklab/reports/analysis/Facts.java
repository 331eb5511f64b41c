package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The numbers that an answer is put together from, by name: nothing else enters it.
public record Facts(
    Run run,
    int trialsDone,
    List<CellResult> cells,
    List<Footprint> footprints,
    List<Finding> findings,
    List<Finding> noise,
    Optional<Estimate> noiseFloor,
    TaskTimes taskTimes,
    List<Isolation> isolations,
    Stopping stopping,
    List<PlacedWarning> warnings) {

  /// Those of an analysis.
  public static Facts of(Analysis analysis) {
    return new Facts(
        analysis.run(),
        analysis.trialsDone(),
        analysis.cells(),
        analysis.footprints(),
        analysis.findings(),
        analysis.noise(),
        analysis.noiseFloor(),
        analysis.taskTimes(),
        analysis.isolations(),
        analysis.stopping(),
        analysis.warnings());
  }

  /// The comparison of two models in one cell, seen from the first one's side: a finding of the
  /// second against the first is turned round.
  public Optional<Finding> finding(Metric metric, Cell cell, Model model, Model against) {
    for (Finding found : findings) {
      if (found.metric() == metric && found.cell().equals(cell)) {
        if (found.model() == model && found.against() == against) {
          return Optional.of(found);
        }
        if (found.model() == against && found.against() == model) {
          return Optional.of(turned(found));
        }
      }
    }
    return Optional.empty();
  }

  private static Finding turned(Finding found) {
    return new Finding(
        found.metric(),
        found.cell(),
        /* model= */ found.against(),
        /* against= */ found.model(),
        found.ratio().inverse(),
        found.verdict().turned());
  }

  public Optional<CellResult> result(Cell cell, Model model) {
    return cells.stream()
        .filter(found -> found.cell().equals(cell) && found.model() == model)
        .findFirst();
  }

  /// The cell that the headline speaks of: the plan's base configuration if it has results, else
  /// that of the cells that have.
  Optional<Cell> mainCell() {
    return grid().base();
  }

  /// The plan's cells that can be spoken of.
  public Grid grid() {
    return grid(run, findings, cells);
  }

  /// The plan's, if its base configuration has results, or else of the cells that have: those with
  /// a comparison of throughput, or without any, those with a throughput at all.
  static Grid grid(Run run, List<Finding> findings, List<CellResult> cells) {
    List<Cell> compared =
        findings.stream()
            .filter(found -> found.metric() == Metric.THROUGHPUT)
            .map(Finding::cell)
            .distinct()
            .toList();
    List<Cell> measured =
        !compared.isEmpty()
            ? compared
            : cells.stream()
                .filter(found -> found.throughput().isPresent())
                .map(CellResult::cell)
                .distinct()
                .toList();
    Grid planned = run.plan().grid();
    return planned.base().filter(measured::contains).isPresent()
        ? planned
        : planned.within(measured);
  }

  /// A model's footprint with as many workers as `cell`, or with the nearest number measured.
  public Optional<Footprint> footprint(Cell cell, Model model) {
    return footprints.stream()
        .filter(found -> found.model() == model)
        .min(
            Comparator.comparingInt(
                    (Footprint found) -> Math.abs(found.cell().workers() - cell.workers()))
                .thenComparingInt(
                    found -> Math.abs(found.cell().messageBytes() - cell.messageBytes())));
  }

  /// The footprints of two models with one and the same number of workers: that of `cell`, or the
  /// nearest that both were measured with.
  Optional<FootprintPair> footprints(Cell cell, Model model, Model against) {
    return footprints.stream()
        .filter(found -> found.model() == model)
        .flatMap(one ->
            footprints.stream()
                .filter(other -> other.model() == against)
                .filter(other -> other.cell().workers() == one.cell().workers())
                .map(other -> new FootprintPair(one, other)))
        .min(
            Comparator.comparingInt(
                pair -> Math.abs(pair.model().cell().workers() - cell.workers())));
  }

  record FootprintPair(Footprint model, Footprint against) {}

  /// Bytes under load, or idle where that was not measured; proportional, or resident.
  public static Optional<Estimate> memory(Footprint footprint) {
    for (Phase phase : List.of(Phase.LOADED, Phase.IDLE)) {
      Memory memory = footprint.memory().get(phase);
      if (memory != null) {
        for (Estimate size : List.of(memory.pss(), memory.rss())) {
          if (size.known() && size.value() > 0) {
            return Optional.of(size);
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Nanoseconds until every worker had answered a task.
  public static Optional<Estimate> start(Footprint footprint) {
    return Optional.of(footprint.allReplies()).filter(time -> time.known() && time.value() > 0);
  }
}
