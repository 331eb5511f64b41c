package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Facts;
import dev.forklab.reports.analysis.TaskTimes;
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
/// @param basis whether the run measured it, or something around it
/// @param nanos what a task takes the baseline: what the run reached, where it asked for this time
/// @param cores how many CPUs, in words
/// @param tasks what a task takes, in words
public record Work(Cell cell, Basis basis, double nanos, String cores, String tasks) {

  /// A question this many times beyond what was measured is not answered.
  static final int FARTHEST = 10;

  /// The work of a question. Where the run cannot answer it, [Refusals] says so.
  static Work of(Facts facts, Question question) {
    Cell cell = measured(facts, question).orElseGet(() -> made(question));
    boolean known = measured(facts, question).isPresent();
    double nanos = nanos(facts, cell);
    return new Work(
        cell,
        known ? Basis.MEASURED : beyond(facts, cell, nanos) > 1 ? Basis.PROJECTED : Basis.PREDICTED,
        nanos,
        cell.workers() == 1 ? "1 core" : cell.workers() + " cores",
        new TaskTimes(Map.of(cell, nanos)).name(List.of(cell), " tasks"));
  }

  /// "2 ms tasks with 16 KiB messages on 2 cores".
  public String words() {
    return tasks + " with " + Quantity.size(cell.messageBytes()) + " messages on " + cores;
  }

  /// The cells of a run in which throughput was measured, with a CPU for each worker.
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

  /// What tasks of this cell take, or of those that were asked for the same time.
  private static double nanos(Facts facts, Cell cell) {
    OptionalDouble own = facts.taskTimes().reachedNanos(cell);
    if (own.isPresent()) {
      return own.getAsDouble();
    }
    double[] alike =
        cells(facts).stream()
            .filter(other -> other.taskNanos() == cell.taskNanos())
            .map(facts.taskTimes()::reachedNanos)
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    return alike.length == 0 ? cell.taskNanos() : Quantiles.median(alike);
  }

  /// How many times farther than anything measured a task time or message size is, whichever is
  /// more; 1 within what was measured.
  static double beyond(Facts facts, Cell cell, double nanos) {
    double[] times =
        cells(facts).stream()
            .map(facts.taskTimes()::reachedNanos)
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    double[] sizes = cells(facts).stream().mapToDouble(Cell::messageBytes).toArray();
    return Math.max(beyond(times, nanos), beyond(sizes, cell.messageBytes()));
  }

  private static double beyond(double[] measured, double value) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double each : measured) {
      least = Math.min(least, each);
      most = Math.max(most, each);
    }
    return Math.max(1, Math.max(value / most, least / value));
  }
}
