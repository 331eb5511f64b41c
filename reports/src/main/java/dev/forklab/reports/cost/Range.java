package dev.forklab.reports.cost;

import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Optional;

/// The tasks that a model of cost was fitted to, and how far beyond them it is asked.
///
/// Longer tasks only dilute what a model adds to each, so they may be much longer. Shorter tasks
/// and larger messages make that the most of their time, so they may not.
///
/// @param leastNanos the shortest work
/// @param mostNanos the longest work
/// @param mostBytes the largest message
public record Range(double leastNanos, double mostNanos, double mostBytes) {

  private static final double SHORTER = 4;
  private static final double LONGER = 100;
  private static final double LARGER = 4;

  /// What calibration leaves of a task time asked for.
  private static final double ROUNDING = 1.1;

  /// Of a run's cells with the base configuration's workers.
  static Range of(CostData data) {
    return of(
        data.tasks().values().stream()
            .flatMap(List::stream)
            .filter(point -> point.cell().workers() == data.base().workers())
            .toList());
  }

  static Range of(List<CostPoint> points) {
    return new Range(
        points.stream().mapToDouble(CostPoint::workNanos).min().orElse(Double.NaN),
        points.stream().mapToDouble(CostPoint::workNanos).max().orElse(Double.NaN),
        points.stream().mapToDouble(point -> point.cell().messageBytes()).max().orElse(0));
  }

  /// The shortest task that is asked about.
  double shortest() {
    return leastNanos / SHORTER / ROUNDING;
  }

  /// The longest task that is asked about.
  double longest() {
    return mostNanos * LONGER * ROUNDING;
  }

  /// Why nothing is said of such a task; empty if something is.
  public Optional<String> refusal(TaskShape shape) {
    if (!(shape.taskNanos() >= shortest())) {
      return refusal("tasks of " + Quantity.time(shape.taskNanos()), "shortest", leastNanos);
    }
    if (!(shape.taskNanos() <= longest())) {
      return refusal("tasks of " + Quantity.time(shape.taskNanos()), "longest", mostNanos);
    }
    if (shape.messageBytes() > mostBytes * LARGER) {
      return Optional.of(
          "messages of "
              + Quantity.memory(shape.messageBytes())
              + " are too far from the largest measured, "
              + Quantity.memory(mostBytes)
              + "; measure them (--sizes)");
    }
    return Optional.empty();
  }

  private static Optional<String> refusal(String what, String end, double nanos) {
    return Optional.of(
        what
            + " are too far from the "
            + end
            + " measured, "
            + Quantity.time(nanos)
            + "; measure them (--task)");
  }

  /// Whether the task lies between those measured. Messages smaller than measured cost no more than
  /// the smallest, and so do.
  Basis basis(TaskShape shape) {
    boolean within =
        shape.taskNanos() * ROUNDING >= leastNanos
            && shape.taskNanos() <= mostNanos * ROUNDING
            && shape.messageBytes() <= mostBytes;
    return within ? Basis.WITHIN : Basis.BEYOND;
  }
}
