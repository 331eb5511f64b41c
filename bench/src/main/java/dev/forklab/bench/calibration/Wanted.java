package dev.forklab.bench.calibration;

/// A message size and a task time to be made with it.
///
/// @param messageBytes the size of the message
/// @param taskNanos the CPU time that one task should take
public record Wanted(int messageBytes, long taskNanos) {

  public Wanted {
    if (messageBytes < 0 || taskNanos < 1) {
      throw new IllegalArgumentException(
          "expected a message size and a positive task time, found %d B and %d ns"
              .formatted(messageBytes, taskNanos));
    }
  }

  double nanos() {
    return (double) taskNanos;
  }
}
