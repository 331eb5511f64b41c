package dev.forklab.results;

import java.time.Duration;

/// What is known of a run of faults before its first trial: the content of `faults.json`.
///
/// @param schema version of the format
/// @param labVersion version of the lab that measured
/// @param startedEpochMillis when it began
/// @param command the command line that asked for it
public record FaultRun(
    int schema,
    String labVersion,
    long startedEpochMillis,
    String command,
    FaultPlan plan,
    Host host) {

  /// The same trials within another time.
  public FaultRun within(Duration time) {
    return new FaultRun(schema, labVersion, startedEpochMillis, command, plan.within(time), host);
  }
}
