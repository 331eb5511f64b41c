package dev.forklab.results;

import org.jspecify.annotations.Nullable;

/// How a wanted task time became an amount of work on this machine.
///
/// @param workload the workload's name
/// @param messageBytes the size of the message it was calibrated with
/// @param wantedNanos the task time asked for
/// @param iterations the count found
/// @param achievedNanos the time of one task with that count, on one CPU at its full speed
/// @param spread half of the range between its launches, as a share of that time: how sure it is
/// @param peer the runtime that needs this many iterations for the time, or null for the JVM
/// @param yardstickNanos what the fixed integer work took on that CPU at that speed; 0 where it was
///   not measured: then nothing is checked against this
public record Calibration(
    String workload,
    int messageBytes,
    long wantedNanos,
    int iterations,
    long achievedNanos,
    double spread,
    @Nullable Peer peer,
    double yardstickNanos) {

  /// The JVM's own, of which no trial is checked.
  public Calibration(
      String workload,
      int messageBytes,
      long wantedNanos,
      int iterations,
      long achievedNanos,
      double spread) {
    this(workload, messageBytes, wantedNanos, iterations, achievedNanos, spread, null, 0);
  }

  /// Whether it is the amount of work behind `cell`, for whichever runtime.
  public boolean isOf(Cell cell) {
    return messageBytes == cell.messageBytes() && wantedNanos == cell.taskNanos();
  }
}
