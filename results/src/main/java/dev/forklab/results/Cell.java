package dev.forklab.results;

/// One combination of the factors: what all models are compared in.
///
/// @param workers how many tasks may run at once, at least 1
/// @param cpus how many CPUs the whole process tree may use: the smaller of `workers` and the
///   machine's; fewer CPUs than workers is oversubscription
/// @param messageBytes the size of each message, and of each reply, at least 1
/// @param taskNanos the task time asked for: CPU time of the function, before calibration's error
public record Cell(int workers, int cpus, int messageBytes, long taskNanos) {

  public Cell {
    if (workers < 1 || cpus < 1 || cpus > workers) {
      throw new IllegalArgumentException(
          "expected 1 <= cpus <= workers, found cpus=" + cpus + ", workers=" + workers);
    }
    if (messageBytes < 1 || taskNanos < 1) {
      throw new IllegalArgumentException(
          "expected a positive message size and task time, found "
              + messageBytes
              + " B and "
              + taskNanos
              + " ns");
    }
  }

  /// Whether there are more workers than CPUs to run them.
  public boolean oversubscribed() {
    return workers > cpus;
  }
}
