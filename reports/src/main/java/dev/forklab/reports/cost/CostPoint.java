package dev.forklab.reports.cost;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;

/// What one model needed for a task in one cell.
///
/// @param workNanos what the same task takes the baseline
/// @param logTime the logarithm of the nanoseconds that a worker was occupied with each task
public record CostPoint(Cell cell, double workNanos, StudentEstimate logTime) {

  public CostPoint {
    if (!(workNanos > 0 && Double.isFinite(workNanos) && Double.isFinite(logTime.value()))) {
      throw new IllegalArgumentException(
          "expected a finite work above 0 ns and a finite time, found "
              + workNanos
              + " ns and exp("
              + logTime.value()
              + ") ns; leave cells without a result out");
    }
  }

  TaskShape shape() {
    return new TaskShape(workNanos, cell.messageBytes());
  }

  public double nanos() {
    return Math.exp(logTime.value());
  }

  /// How many times as long as the work a worker was occupied.
  StudentEstimate logInflation() {
    return new StudentEstimate(
        logTime.value() - Math.log(workNanos),
        logTime.standardError(),
        logTime.degreesOfFreedom(),
        logTime.samples());
  }
}
