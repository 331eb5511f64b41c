package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Optional;

/// What was measured of one model in one cell.
///
/// @param throughput tasks per second
/// @param efficiency throughput as a share of ideal: the cell's CPUs times `inline` in the same
///   rounds; `inline` itself has none
/// @param cpuNanosPerTask CPU time of the whole process tree per task
/// @param latency closed-loop latency, if it was measured
/// @param effort what a task costs beside CPU time, if it was counted
/// @param flags what a reader should know of this number: outliers, several modes, still warming up
/// @param slices how many slices the throughput rests on; 0 if that was not counted
public record CellResult(
    Cell cell,
    Model model,
    Optional<Estimate> throughput,
    Optional<Estimate> efficiency,
    Optional<Estimate> cpuNanosPerTask,
    Optional<Latency> latency,
    Optional<Effort> effort,
    List<String> flags,
    int slices) {

  /// A result without the effort and the number of slices.
  public CellResult(
      Cell cell,
      Model model,
      Optional<Estimate> throughput,
      Optional<Estimate> efficiency,
      Optional<Estimate> cpuNanosPerTask,
      Optional<Latency> latency,
      List<String> flags) {
    this(cell, model, throughput, efficiency, cpuNanosPerTask, latency, Optional.empty(), flags, 0);
  }

  public CellResult {
    flags = List.copyOf(flags);
  }

  /// What tasks cost beside CPU time, over the whole process tree, from totals; a number that was
  /// not counted is -1.
  ///
  /// @param voluntarySwitchesPerTask context switches of threads that had to wait
  /// @param involuntarySwitchesPerTask context switches of threads that could have gone on
  /// @param collectionShare time in collections of garbage, summed over JVMs, as a share of the
  ///   time of the slices
  /// @param allocatedBytesPerTask heap bytes given to new objects
  public record Effort(
      double voluntarySwitchesPerTask,
      double involuntarySwitchesPerTask,
      double collectionShare,
      double allocatedBytesPerTask) {}

  /// Percentiles in nanoseconds over all slices of all trials; intervals for the first three across
  /// trials and rounds.
  ///
  /// @param count how many tasks they rest on
  public record Latency(
      Estimate p50, Estimate p90, Estimate p99, double p999, double max, long count) {}
}
