package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Run;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What of two runs may be held against each other, cell by cell.
///
/// A cell takes part if its tasks are the same work (iterations within [#SAME_WORK]) or took the
/// same time, since a ratio between models depends on what a task is. Absolute numbers take more: a
/// machine of the same kind, for times the same iterations, and a baseline that took the same time
/// within [TaskTimes#TOLERANCE], which says that the machine had the same speed.
record Grounds(RunNumbers before, RunNumbers after, boolean sameMachine) {

  /// The most by which tasks may differ, as a factor.
  private static final double SAME_WORK = 1.1;

  /// The cells of both that take part, in the order of the first.
  List<Cell> cells() {
    return common().stream().filter(this::alike).toList();
  }

  private List<Cell> common() {
    List<Cell> others = after.run().plan().cells();
    return before.run().plan().cells().stream().filter(others::contains).toList();
  }

  private boolean alike(Cell cell) {
    OptionalInt one = iterations(before.run(), cell);
    OptionalInt other = iterations(after.run(), cell);
    boolean sameWork =
        one.isEmpty() || other.isEmpty() || factor(one.getAsInt(), other.getAsInt()) <= SAME_WORK;
    return sameWork || slowdown(cell).orElse(1) <= SAME_WORK;
  }

  /// Whether an absolute number of this cell may be compared.
  boolean absolute(Aspect aspect, Cell cell) {
    return sameMachine
        && switch (aspect) {
          case MEMORY -> true;
          case START_UP -> sameSpeed(cell);
          case THROUGHPUT, LATENCY_P50, LATENCY_P99, CPU_PER_TASK ->
              sameSpeed(cell)
                  && iterations(before.run(), cell).equals(iterations(after.run(), cell));
        };
  }

  private boolean sameSpeed(Cell cell) {
    return slowdown(cell).orElse(1) <= 1 + TaskTimes.TOLERANCE;
  }

  /// How far apart, as a factor of at least 1, the times are that tasks took.
  private OptionalDouble slowdown(Cell cell) {
    OptionalDouble one = before.taskTimes().reachedNanos(cell);
    OptionalDouble other = after.taskTimes().reachedNanos(cell);
    return one.isEmpty() || other.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(factor(one.getAsDouble(), other.getAsDouble()));
  }

  private static double factor(double one, double other) {
    return Math.max(one, other) / Math.min(one, other);
  }

  private static OptionalInt iterations(Run run, Cell cell) {
    return run.calibrations().stream()
        .filter(found -> found.peer() == null && found.isOf(cell))
        .mapToInt(Calibration::iterations)
        .findFirst();
  }

  /// In words: which cells have no part, and of which no absolute numbers are compared.
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    common().stream()
        .filter(cell -> !alike(cell))
        .forEach(cell -> notes.add(ChangeWords.cell(cell) + " is left out: " + tasks(cell) + "."));
    if (!sameMachine) {
      notes.add(
          "The machines differ, so absolute numbers are not compared; trust the ratios between"
              + " models, which cancel a machine's speed.");
      return notes;
    }
    List<Cell> without =
        cells().stream().filter(cell -> !absolute(Aspect.THROUGHPUT, cell)).toList();
    if (!without.isEmpty()) {
      Cell first = without.getFirst();
      notes.add(
          "Absolute throughput, latency and CPU time are not compared in %d of %d cells, since their tasks or the machine's speed differ; in the first, %s."
              .formatted(without.size(), cells().size(), tasks(first)));
    }
    return notes;
  }

  private String tasks(Cell cell) {
    return "its tasks are %s in the baseline, %s in the other run"
        .formatted(task(before, cell), task(after, cell));
  }

  private static String task(RunNumbers run, Cell cell) {
    OptionalInt iterations = iterations(run.run(), cell);
    OptionalDouble nanos = run.taskTimes().reachedNanos(cell);
    return (iterations.isEmpty() ? "" : Quantity.count(iterations.getAsInt()) + " iterations, ")
        + (nanos.isEmpty()
            ? "of unknown length"
            : Quantity.timeBeside(nanos.getAsDouble(), cell.taskNanos()));
  }
}
