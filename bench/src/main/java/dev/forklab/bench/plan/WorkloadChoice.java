package dev.forklab.bench.plan;

import dev.forklab.results.Plan.WorkloadJar;
import java.util.List;

/// The workload asked for, as far as planning needs to know it.
///
/// @param name a built-in workload's name, or the name of a class
/// @param jars where the class comes from; none for a built-in workload
/// @param taskHeapBytes heap bytes that each running task holds beside its message
public record WorkloadChoice(String name, List<WorkloadJar> jars, long taskHeapBytes) {

  public WorkloadChoice {
    jars = List.copyOf(jars);
    if (taskHeapBytes < 0) {
      throw new BadRequestException(
          "expected workload %s to hold 0 bytes of heap per task or more, it says %d"
              .formatted(name, taskHeapBytes));
    }
  }

  /// A workload that the lab brings and that holds next to nothing.
  static WorkloadChoice builtIn(String name) {
    return new WorkloadChoice(name, List.of(), 0);
  }
}
