package dev.forklab.results;

import java.util.List;

/// What is known of a run before its first trial: the content of `run.json`.
///
/// @param schema version of the run directory's format
/// @param labVersion version of the lab that measured
/// @param startedEpochMillis when it began
/// @param command the command line that asked for it
/// @param plan all it will do
/// @param host where
/// @param calibrations the amounts of work behind the task times
public record Run(
    int schema,
    String labVersion,
    long startedEpochMillis,
    String command,
    Plan plan,
    Host host,
    List<Calibration> calibrations) {

  public Run {
    calibrations = List.copyOf(calibrations);
  }

  /// The same with other amounts of work.
  public Run with(List<Calibration> others) {
    return new Run(schema, labVersion, startedEpochMillis, command, plan, host, others);
  }
}
