package dev.forklab.results;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cells around the one that the answer is about: the one rule for that cell, and for the lines on
/// which one factor grows while the others stay. What is planned, said and drawn asks here.
///
/// @param cells in the order of a plan
public record Grid(List<Cell> cells) {

  /// What may differ between two cells.
  public enum Factor {
    WORKERS,
    MESSAGES,
    TASKS;

    /// By which cells are put in order.
    public long value(Cell cell) {
      return switch (this) {
        case WORKERS -> cell.workers();
        case MESSAGES -> cell.messageBytes();
        case TASKS -> cell.taskNanos();
      };
    }
  }

  public Grid {
    cells = cells.stream().distinct().toList();
  }

  /// The base configuration: of the message size and task time that most cells share, the one with
  /// most workers that is not oversubscribed; where all are, the one with fewest. Empty without
  /// cells.
  public Optional<Cell> base() {
    Map<List<Long>, Integer> often = new HashMap<>();
    cells.forEach(cell -> often.merge(work(cell), 1, Integer::sum));
    return cells.stream()
        .min(
            Comparator.comparing(Cell::oversubscribed)
                .thenComparingInt(cell -> -often.getOrDefault(work(cell), 0))
                .thenComparingInt(
                    cell -> cell.oversubscribed() ? cell.workers() : -cell.workers()));
  }

  private static List<Long> work(Cell cell) {
    return List.of(Factor.MESSAGES.value(cell), Factor.TASKS.value(cell));
  }

  /// The base configuration and the cells that differ from it in this factor only, in order. An
  /// oversubscribed cell differs from the others in more than its message or its task.
  public List<Cell> along(Factor factor) {
    return base()
        .map(base ->
            cells.stream()
                .filter(cell -> differsAtMostIn(factor, cell, base))
                .sorted(Comparator.comparingLong(factor::value))
                .toList())
        .orElse(List.of());
  }

  private static boolean differsAtMostIn(Factor factor, Cell one, Cell other) {
    for (Factor each : Factor.values()) {
      if (each != factor && each.value(one) != each.value(other)) {
        return false;
      }
    }
    return true;
  }

  /// The cell where a pool's own cost shows most: the shortest tasks, the smallest messages, a
  /// worker for each CPU. Empty without cells.
  public Optional<Cell> ofMostOverhead() {
    return cells.stream()
        .min(
            Comparator.comparing(Cell::oversubscribed)
                .thenComparing(Comparator.comparingInt(Cell::cpus).reversed())
                .thenComparingLong(Cell::taskNanos)
                .thenComparingInt(Cell::messageBytes));
  }

  /// Those of its cells that are among these; where that is none, these themselves.
  public Grid within(List<Cell> measured) {
    List<Cell> both = cells.stream().filter(measured::contains).toList();
    return new Grid(both.isEmpty() ? measured : both);
  }
}
