package dev.forklab.bench.calibration;

/// What makes a wanted task time.
///
/// @param iterations the count
/// @param taskNanos what a task takes with it, on a CPU at its full speed
/// @param spread half of the range between launches, as a share of that: how sure it is
/// @param yardstickNanos what the fixed integer work takes on such a CPU
/// @param launches how many launches it is from
/// @param reach whether it makes the time
public record Found(
    Wanted wanted,
    int iterations,
    double taskNanos,
    double spread,
    double yardstickNanos,
    int launches,
    Reach reach) {

  /// Whether iterations can make the wanted time.
  public enum Reach {
    /// They do, within 10%.
    REACHED,
    /// One iteration already takes longer: the part that the message's size fixes is too long.
    FIXED_PART_LONGER,
    /// Even the highest count takes less: the workload ignores its iterations, or they cost next to
    /// nothing.
    WORK_TOO_SMALL
  }
}
