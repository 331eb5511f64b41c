package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Cell;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The work of a question as a run knows it.
///
/// @param cell the run's own where it measured this work, else one made for the question
/// @param measured whether the run measured this work
/// @param nanos what a task takes the baseline: what the run reached, where it asked for this time
/// @param words "1.17 ms tasks (asked for: 1 ms) with 4 KiB messages on 2 cores"
public record Work(Cell cell, boolean measured, double nanos, String words) {

  static Work of(Facts facts, Question question) {
    Optional<Cell> measured = measured(facts, question);
    Cell cell = measured.orElseGet(() -> made(question));
    double nanos = nanos(facts, cell);
    String words =
        new TaskTimes(Map.of(cell, nanos)).name(List.of(cell), " tasks")
            + " with "
            + Quantity.size(cell.messageBytes())
            + " messages on "
            + Wording.count(cell.workers(), "core");
    return new Work(cell, measured.isPresent(), nanos, words);
  }

  /// The cells of a run in which a candidate was measured, with a CPU for each worker.
  static List<Cell> cells(Facts facts) {
    return facts.cells().stream()
        .filter(result -> result.model().isCandidate() && result.throughput().isPresent())
        .map(CellResult::cell)
        .filter(cell -> !cell.oversubscribed())
        .distinct()
        .toList();
  }

  private static Optional<Cell> measured(Facts facts, Question question) {
    List<Cell> alike =
        cells(facts).stream()
            .filter(cell -> cell.workers() == question.workers())
            .filter(cell -> cell.messageBytes() == question.messageBytes())
            .toList();
    return alike.stream()
        .filter(cell -> cell.taskNanos() == question.taskNanos())
        .findFirst()
        .or(() -> alike.stream().filter(cell -> took(facts, cell, question)).findFirst());
  }

  private static boolean took(Facts facts, Cell cell, Question question) {
    OptionalDouble reached = facts.taskTimes().reachedNanos(cell);
    return reached.isPresent()
        && Math.abs(reached.getAsDouble() / question.taskNanos() - 1) <= TaskTimes.TOLERANCE;
  }

  private static Cell made(Question question) {
    return new Cell(
        question.workers(), question.workers(), question.messageBytes(), question.taskNanos());
  }

  /// What tasks of this cell take; of a cell that was not measured, what those took that were asked
  /// for the same time, at the base configuration if it is one of them.
  private static double nanos(Facts facts, Cell cell) {
    List<Cell> alike =
        cells(facts).stream().filter(other -> other.taskNanos() == cell.taskNanos()).toList();
    Optional<Cell> best =
        Optional.of(cell)
            .filter(alike::contains)
            .or(() -> facts.grid().base().filter(alike::contains));
    double[] reached =
        best.map(List::of).orElse(alike).stream()
            .map(facts.taskTimes()::reachedNanos)
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return reached.length == 0 ? cell.taskNanos() : Quantiles.median(reached);
  }
}
