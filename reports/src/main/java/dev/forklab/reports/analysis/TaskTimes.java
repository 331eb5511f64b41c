package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.units.Quantity;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The task times that a run reached, and how they are named: what titles, sentences, tables and
/// files say of tasks is asked of here.
///
/// A cell's is what a task took `inline` in the cell's own slices, the median over trials; where it
/// has none, what one took in the run's other cells with the same messages and the same time asked
/// for; else what calibration reached. A time within [#TOLERANCE] of the one asked for is named by
/// that; else both are said; and a time that was only asked for is said to be that.
///
/// @param reached nanoseconds, of each cell of which anything is known
public record TaskTimes(Map<Cell, Double> reached) {

  /// How far from the time asked for a task time may be, as a share, to be named by it.
  public static final double TOLERANCE = 0.03;

  public TaskTimes {
    reached = Map.copyOf(reached);
  }

  static TaskTimes of(Run run, CellTrials throughput) {
    Map<Cell, Double> reached = new HashMap<>();
    for (Cell cell : throughput.byCell().keySet()) {
      inline(throughput, List.of(cell))
          .or(() -> inline(throughput, alike(throughput, cell)))
          .or(() -> calibrated(run, cell))
          .ifPresent(nanos -> reached.put(cell, nanos));
    }
    return new TaskTimes(reached);
  }

  /// Nanoseconds that a task of `cell` took; empty where that is not known.
  public OptionalDouble reachedNanos(Cell cell) {
    Double nanos = reached.get(cell);
    return nanos == null ? OptionalDouble.empty() : OptionalDouble.of(nanos);
  }

  /// The task time of cells that were asked for the same one, at least one cell: "1 ms tasks",
  /// "0.97 ms tasks (asked for: 1 ms)", "0.72 to 1.04 ms tasks (asked for: 1 ms)".
  ///
  /// @param noun what follows the time: " tasks" here
  public String name(Collection<Cell> cells, String noun) {
    String asked = Quantity.chosenTime(wanted(cells));
    String time = brief(cells, noun);
    if (known(cells).length == 0) {
      return time + " (asked for)";
    }
    return time.equals(asked + noun) ? time : time + " (asked for: " + asked + ")";
  }

  /// The same where there is no room for what was asked for: "0.97 ms tasks".
  public String brief(Collection<Cell> cells, String noun) {
    long wanted = wanted(cells);
    double[] known = known(cells);
    if (known.length == 0 || (near(known[0], wanted) && near(known[known.length - 1], wanted))) {
      return Quantity.chosenTime(wanted) + noun;
    }
    return reached(known[0], known[known.length - 1], wanted) + noun;
  }

  private static long wanted(Collection<Cell> cells) {
    return cells.iterator().next().taskNanos();
  }

  private double[] known(Collection<Cell> cells) {
    return cells.stream()
        .map(this::reachedNanos)
        .flatMapToDouble(OptionalDouble::stream)
        .sorted()
        .toArray();
  }

  private static String reached(double least, double most, long wanted) {
    String low = Quantity.timeBeside(least, wanted);
    String high = Quantity.timeBeside(most, wanted);
    return low.equals(high) ? low : low.substring(0, low.indexOf(' ')) + " to " + high;
  }

  private static boolean near(double nanos, long wanted) {
    return Math.abs(nanos - wanted) <= TOLERANCE * wanted;
  }

  private static List<Cell> alike(CellTrials throughput, Cell cell) {
    return throughput.byCell().keySet().stream()
        .filter(other -> other.messageBytes() == cell.messageBytes())
        .filter(other -> other.taskNanos() == cell.taskNanos())
        .toList();
  }

  private static Optional<Double> inline(CellTrials throughput, List<Cell> cells) {
    double[] nanos =
        cells.stream()
            .flatMap(cell -> throughput.byCell().getOrDefault(cell, List.of()).stream())
            .map(trial -> Throughput.slices(trial, Model.INLINE))
            .filter(rounds -> rounds.count() > 0)
            .mapToDouble(rounds -> 1e9 / Math.exp(rounds.midmean()))
            .toArray();
    return nanos.length == 0 ? Optional.empty() : Optional.of(Quantiles.median(nanos));
  }

  private static Optional<Double> calibrated(Run run, Cell cell) {
    OptionalDouble nanos = calibratedNanos(run, cell);
    return nanos.isPresent() ? Optional.of(nanos.getAsDouble()) : Optional.empty();
  }

  /// What calibration reached at the machine's full speed, for the JVM; empty if it was not done.
  static OptionalDouble calibratedNanos(Run run, Cell cell) {
    return run.calibrations().stream()
        .filter(found -> found.peer() == null && found.isOf(cell) && found.achievedNanos() > 0)
        .mapToDouble(Calibration::achievedNanos)
        .findFirst();
  }
}
