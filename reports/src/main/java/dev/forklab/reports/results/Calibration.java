package dev.forklab.reports.results;

/// How a wanted task time became an amount of work on this machine.
///
/// @param workload the workload's name
/// @param messageBytes the size of the message it was calibrated with
/// @param wantedNanos the task time asked for
/// @param iterations the count found
/// @param achievedNanos the median time of one task with that count
/// @param spread half of the interquartile range, as a share of the median
public record Calibration(
    String workload,
    int messageBytes,
    long wantedNanos,
    int iterations,
    long achievedNanos,
    double spread) {}
