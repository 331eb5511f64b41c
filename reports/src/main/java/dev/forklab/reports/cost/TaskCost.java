package dev.forklab.reports.cost;

import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.LeastSquares;
import dev.forklab.reports.stats.LeastSquares.Point;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.units.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How long a worker of one model is occupied with a task: `stretch` times the work, plus something
/// for each task, plus something for each byte of its message.
///
/// The stretch is what busy workers take from each other: caches, memory, the clock of a processor.
/// The rest is what the model does around the task, most of it in passing messages.
///
/// @param fit in the order stretch, nanoseconds a task, nanoseconds a byte
/// @param points what it was fitted to, all with the same number of workers
public record TaskCost(LeastSquares fit, List<CostPoint> points) {

  /// A model that misses a cell that it was fitted to by more than this share beyond the cell's own
  /// interval does not fit.
  public static final double MOST_MISFIT = 0.1;

  private static final List<String> NAMES =
      List.of("stretch", "nanoseconds a task", "nanoseconds a byte");

  public TaskCost {
    points = List.copyOf(points);
  }

  /// Fits; empty if the points do not tell work, tasks and bytes apart.
  static Optional<TaskCost> of(List<CostPoint> points) {
    return LeastSquares.fit(
            points.stream().map(point -> Point.of(point.logTime(), row(point.shape()))).toList())
        .map(fit -> new TaskCost(fit, points));
  }

  private static double[] row(TaskShape shape) {
    return new double[] {shape.taskNanos(), 1, shape.messageBytes()};
  }

  /// Why nothing should be derived from it, as a clause; empty if it fits its own cells.
  Optional<String> refusal() {
    for (int i = 0; i < NAMES.size(); i++) {
      if (fit.negative(i)) {
        return Optional.of(
            "its cells ask for a negative number of "
                + NAMES.get(i)
                + ", which nothing real costs; measure again on a quieter machine");
      }
    }
    if (stretch().value() <= 0) {
      return Optional.of("its cells do not show that longer work takes longer");
    }
    Optional<CostPoint> worst =
        points.stream()
            .filter(point -> misfit(point) > MOST_MISFIT)
            .max(Comparator.comparingDouble(this::misfit));
    return worst.map(point ->
        "it does not fit: for "
            + point.shape()
            + " it says "
            + Quantity.time(Math.exp(logNanos(point.shape()).value()))
            + " where "
            + Quantity.time(point.nanos())
            + " were measured");
  }

  /// By how much it misses a point, as a share, beyond the point's own 95% interval.
  private double misfit(CostPoint point) {
    double off = Math.abs(logNanos(point.shape()).value() - point.logTime().value());
    double noise = point.logTime().hasError() ? point.logTime().halfWidth(Inference.ALPHA) : 0;
    return Math.expm1(Math.max(0, off - noise));
  }

  /// By how much it misses the cell that it misses most, as a share.
  public double worstMiss() {
    return points.stream()
        .mapToDouble(
            point -> Math.abs(Math.exp(logNanos(point.shape()).value()) / point.nanos() - 1))
        .max()
        .orElse(0);
  }

  /// How many times as long as alone the work takes.
  public StudentEstimate stretch() {
    return fit.parameter(0);
  }

  /// Nanoseconds for each task.
  public StudentEstimate perTask() {
    return fit.parameter(1);
  }

  /// Nanoseconds for each byte of a message, there and back together.
  public StudentEstimate perByte() {
    return fit.parameter(2);
  }

  /// Nanoseconds that a worker is occupied with a task beyond the work itself, stretched or not.
  public double overheadNanos(double messageBytes) {
    return perTask().value() + perByte().value() * messageBytes;
  }

  /// The logarithm of the nanoseconds that a worker is occupied with a task.
  StudentEstimate logNanos(TaskShape shape) {
    return fit.logAt(row(shape));
  }

  /// By how much that logarithm moves with the error of each point, in the points' order.
  double[] sensitivities(TaskShape shape) {
    return fit.sensitivities(row(shape));
  }
}
