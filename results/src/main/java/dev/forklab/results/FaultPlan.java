package dev.forklab.results;

import dev.forklab.results.Plan.WorkloadJar;
import java.time.Duration;
import java.util.List;

/// What a run of faults will do: the same plan and seed give the same trials in the same order.
///
/// @param seed of the order of trials and of the moments of faults
/// @param workload the name of the workload
/// @param workloadJars where it comes from if the lab does not bring it
/// @param iterations the amount of work of a task
/// @param taskNanos about how long a task takes, as one thread of the lab found
/// @param messageBytes the size of each message
/// @param workers of each service
/// @param heapBytes the total heap of a service's JVMs
/// @param timeNanos a trial begins only if it is expected to end by then
/// @param trials in the order of execution
public record FaultPlan(
    long seed,
    String workload,
    List<WorkloadJar> workloadJars,
    int iterations,
    long taskNanos,
    int messageBytes,
    int workers,
    long heapBytes,
    long timeNanos,
    List<PlannedFault> trials) {

  public FaultPlan {
    workloadJars = List.copyOf(workloadJars);
    trials = List.copyOf(trials);
  }

  FaultPlan within(Duration time) {
    return new FaultPlan(
        seed,
        workload,
        workloadJars,
        iterations,
        taskNanos,
        messageBytes,
        workers,
        heapBytes,
        time.toNanos(),
        trials);
  }

  /// One trial to come.
  ///
  /// @param index its place in the run's order, from 0
  /// @param seed of the moment of its fault
  public record PlannedFault(int index, Fault fault, Model model, Way way, long seed) {}
}
