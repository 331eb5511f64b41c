package dev.forklab.reports.cost;

import dev.forklab.reports.stats.LeastSquares;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long a worker of one model is occupied with a task: `stretch` times the work, plus something
/// for each task, plus something for each byte of its message.
///
/// The stretch is what workers take from each other: caches, memory, the clock of a busy processor.
/// The rest is what the model does around the task, most of it in passing messages.
///
/// Fitted to cells with one number of workers, weighted by their errors ([LeastSquares]); a cell
/// that is left out is predicted from the others to check the model.
///
/// @param fit in the order stretch, nanoseconds a task, nanoseconds a byte
/// @param misfit by how much the fit misses the cell that it misses most, as a share
/// @param heldOut each cell that the others determine, predicted from them
public record TaskCost(LeastSquares fit, double misfit, List<HeldOut> heldOut) {

  /// A model that misses a cell that it was fitted to by more than this share does not fit.
  public static final double MOST_MISFIT = 0.1;

  /// A prediction whose standard error is a larger share of it is none: the other cells do not
  /// determine it, such as that of short tasks from cells with long ones only.
  private static final double MOST_ERROR = 0.2;

  /// What the rounds of a few seconds can tell at best.
  private static final double LEAST_LOG_ERROR = 0.005;

  public TaskCost {
    heldOut = List.copyOf(heldOut);
  }

  /// A cell that was left out of the fit.
  ///
  /// @param predicted nanoseconds
  /// @param measured nanoseconds
  public record HeldOut(Cell cell, double predicted, double measured) {

    /// By how much the prediction is off, as a share of what was measured.
    public double error() {
      return predicted / measured - 1;
    }
  }

  /// Fits; empty if the points do not tell work, tasks and bytes apart.
  static Optional<TaskCost> of(List<CostPoint> points) {
    if (!LeastSquares.determines(rows(points))) {
      return Optional.empty();
    }
    LeastSquares fit = fit(points);
    double misfit =
        points.stream()
            .mapToDouble(point ->
                Math.abs(fit.at(row(point)).value() / point.nanos() - 1))
            .max()
            .orElseThrow();
    return Optional.of(new TaskCost(fit, misfit, heldOut(points)));
  }

  private static List<HeldOut> heldOut(List<CostPoint> points) {
    List<HeldOut> held = new ArrayList<>();
    for (CostPoint point : points) {
      List<CostPoint> others = points.stream().filter(other -> other != point).toList();
      if (LeastSquares.determines(rows(others))) {
        StudentEstimate predicted = fit(others).at(row(point));
        if (predicted.standardError() <= MOST_ERROR * predicted.value()) {
          held.add(new HeldOut(point.cell(), predicted.value(), point.nanos()));
        }
      }
    }
    return held;
  }

  private static LeastSquares fit(List<CostPoint> points) {
    double[] nanos = points.stream().mapToDouble(CostPoint::nanos).toArray();
    double[] errors = points.stream().mapToDouble(TaskCost::error).toArray();
    return LeastSquares.fit(rows(points), nanos, errors);
  }

  private static double error(CostPoint point) {
    StudentEstimate log = point.logTime();
    return point.nanos() * Math.max(LEAST_LOG_ERROR, log.hasError() ? log.standardError() : 1);
  }

  private static double[][] rows(List<CostPoint> points) {
    return points.stream().map(TaskCost::row).toArray(double[][]::new);
  }

  private static double[] row(CostPoint point) {
    return row(point.workNanos(), point.cell().messageBytes());
  }

  private static double[] row(double workNanos, double messageBytes) {
    return new double[] {workNanos, 1, messageBytes};
  }

  /// Whether the cells that it was fitted to are as it says.
  public boolean fits() {
    return misfit <= MOST_MISFIT;
  }

  /// How many times as long as alone the work takes.
  public StudentEstimate stretch() {
    return fit.parameter(0);
  }

  /// Nanoseconds for each task.
  public StudentEstimate perTask() {
    return fit.parameter(1);
  }

  /// Nanoseconds for each byte of a message, there and back.
  public StudentEstimate perByte() {
    return fit.parameter(2);
  }

  /// Nanoseconds that a worker is occupied with a task.
  ///
  /// @param workNanos what it takes the baseline
  public StudentEstimate nanos(double workNanos, double messageBytes) {
    return fit.at(row(workNanos, messageBytes));
  }
}
