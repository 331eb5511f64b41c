package dev.forklab.bench.plan;

/// What planning needs to know of the machine.
///
/// @param cpus logical CPUs that the run may use, at least 1
/// @param memoryBytes physical memory, or the container's limit
public record Machine(int cpus, long memoryBytes) {

  public Machine {
    if (cpus < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "expected a machine with CPUs and memory, found " + cpus + " and " + memoryBytes);
    }
  }
}
