package dev.forklab.reports.cost;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;

/// What one model needed for a task in one cell.
///
/// @param workNanos what the same task takes the baseline there
/// @param logTime the logarithm of the nanoseconds that a worker was occupied with each task
public record CostPoint(Cell cell, double workNanos, StudentEstimate logTime) {

  double nanos() {
    return Math.exp(logTime.value());
  }
}
