package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.Map;

/// One metric as it was measured over a run; all numbers are natural logarithms.
///
/// A cell without a measurement is not a key of the answers.
sealed interface Measurements permits Throughput, CpuPerTask, LatencyQuantile {

  Metric metric();

  /// The metric of one model, cell by cell.
  Map<Cell, StudentEstimate> of(Model model);

  /// One model's metric less another's, paired within rounds, cell by cell.
  Map<Cell, StudentEstimate> ratio(Model model, Model against);
}
