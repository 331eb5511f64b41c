package dev.forklab.reports.results;

import org.jspecify.annotations.Nullable;

/// How a wanted task time became an amount of work on this machine.
///
/// @param workload the workload's name
/// @param messageBytes the size of the message it was calibrated with
/// @param wantedNanos the task time asked for
/// @param iterations the count found
/// @param achievedNanos the median time of one task with that count
/// @param spread half of the interquartile range, as a share of the median
/// @param peer the runtime that needs this many iterations for the time, or null for the JVM
public record Calibration(
    String workload,
    int messageBytes,
    long wantedNanos,
    int iterations,
    long achievedNanos,
    double spread,
    @Nullable Peer peer) {

  /// The JVM's own.
  public Calibration(
      String workload,
      int messageBytes,
      long wantedNanos,
      int iterations,
      long achievedNanos,
      double spread) {
    this(workload, messageBytes, wantedNanos, iterations, achievedNanos, spread, null);
  }

  /// Whether it is the amount of work behind `cell`, for whichever runtime.
  public boolean isOf(Cell cell) {
    return messageBytes == cell.messageBytes() && wantedNanos == cell.taskNanos();
  }
}
