package dev.forklab.reports.cost;

import dev.forklab.reports.cost.CostData.WorkerPoint;
import dev.forklab.reports.stats.LeastSquares;
import dev.forklab.reports.stats.LeastSquares.Point;
import dev.forklab.reports.stats.StudentEstimate;
import java.util.List;
import java.util.Optional;

/// Something that grows with the number of workers: a base, and a share for each worker. Bytes, or
/// nanoseconds.
///
/// @param fit in the order base, a worker's share
/// @param fewest workers that it was fitted to
/// @param most workers that it was fitted to
public record WorkerLine(LeastSquares fit, int fewest, int most) {

  /// Fits; empty unless there are two numbers of workers.
  static Optional<WorkerLine> of(List<WorkerPoint> points) {
    return LeastSquares.fit(
            points.stream().map(point -> Point.of(point.log(), row(point.workers()))).toList())
        .map(fit ->
            new WorkerLine(
                fit,
                points.stream().mapToInt(WorkerPoint::workers).min().orElseThrow(),
                points.stream().mapToInt(WorkerPoint::workers).max().orElseThrow()));
  }

  private static double[] row(int workers) {
    return new double[] {1, workers};
  }

  /// Without any worker.
  public StudentEstimate base() {
    return fit.parameter(0);
  }

  /// For each worker.
  public StudentEstimate perWorker() {
    return fit.parameter(1);
  }

  /// The logarithm of the whole with this number of workers.
  StudentEstimate log(int workers) {
    return fit.logAt(row(workers));
  }
}
