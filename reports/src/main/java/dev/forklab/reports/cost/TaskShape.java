package dev.forklab.reports.cost;

import dev.forklab.results.units.Quantity;

/// A task as a user describes it.
///
/// @param taskNanos CPU time of the work itself, without anything around it
/// @param messageBytes the size of its message, and of its reply
public record TaskShape(double taskNanos, double messageBytes) {

  public TaskShape {
    if (!(taskNanos > 0 && Double.isFinite(taskNanos))) {
      throw new IllegalArgumentException(
          "expected a task time above 0 ns, found " + taskNanos + "; give what a task takes alone");
    }
    if (!(messageBytes >= 0 && Double.isFinite(messageBytes))) {
      throw new IllegalArgumentException(
          "expected a message of 0 bytes or more, found " + messageBytes + "; give its size");
    }
  }

  /// "1 ms tasks with 4 KiB messages".
  @Override
  public String toString() {
    return Quantity.chosenTime(taskNanos)
        + " tasks with "
        + Quantity.size(Math.round(messageBytes))
        + " messages";
  }
}
