package dev.forklab.results.units;

import dev.forklab.results.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Names for the cells of one table or chart: each says what differs among them, and what they have
/// in common is said once.
///
/// The number of workers is always part of a name, since it says whether CPUs were shared.
public final class CellNames {

  private final List<Cell> cells;
  private final TaskTime taskTime;

  public CellNames(Collection<Cell> cells, TaskTime taskTime) {
    this.cells = List.copyOf(cells);
    this.taskTime = taskTime;
  }

  /// Names the task time of cells that were asked for the same one: by what was reached.
  @FunctionalInterface
  public interface TaskTime {
    String name(Collection<Cell> cells, String noun);
  }

  /// What tells this cell from the others: `2 workers, 64 KiB`.
  public String name(Cell cell) {
    List<String> parts = new ArrayList<>();
    parts.add(workers(cell));
    parts.addAll(parts(List.of(cell), true));
    return String.join(", ", parts);
  }

  /// What all have in common: `4 KiB messages, 1 ms tasks`; empty if nothing.
  public String common() {
    return cells.isEmpty() ? "" : String.join(", ", parts(cells, false));
  }

  /// `1 worker`, `8 workers, oversubscribed`.
  public static String workers(Cell cell) {
    String count = cell.workers() == 1 ? "1 worker" : cell.workers() + " workers";
    return cell.oversubscribed() ? count + ", oversubscribed" : count;
  }

  private List<String> parts(List<Cell> named, boolean different) {
    Cell cell = named.getFirst();
    List<String> parts = new ArrayList<>();
    if (differ(Cell::messageBytes) == different) {
      parts.add(Quantity.size(cell.messageBytes()) + (different ? "" : " messages"));
    }
    if (differ(Cell::taskNanos) == different) {
      parts.add(taskTime.name(named, different ? "" : " tasks"));
    }
    return parts;
  }

  private boolean differ(Function<Cell, Object> property) {
    return cells.stream().map(property).distinct().count() > 1;
  }
}
