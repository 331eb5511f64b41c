package dev.forklab.reports.cost;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;

/// What a model of cost is fitted to.
///
/// @param base the cell whose number of workers tasks are fitted at
/// @param cpus of the machine: nothing is projected to more workers
/// @param tasks of each candidate, in cells that are not oversubscribed
/// @param logRatios of two candidates in each cell: the logarithm of the first's throughput as a
///   share of the second's, paired within rounds
/// @param memory bytes under load of each candidate, by number of workers
/// @param startUp nanoseconds until every worker has replied
/// @param explanations where the time of tasks goes, as it was measured
public record CostData(
    Cell base,
    int cpus,
    Map<Model, List<CostPoint>> tasks,
    Map<Pair, Map<Cell, StudentEstimate>> logRatios,
    Map<Model, List<WorkerPoint>> memory,
    Map<Model, List<WorkerPoint>> startUp,
    List<Explanation> explanations) {

  public CostData {
    tasks = Map.copyOf(tasks);
    logRatios = Map.copyOf(logRatios);
    memory = Map.copyOf(memory);
    startUp = Map.copyOf(startUp);
    explanations = List.copyOf(explanations);
  }

  /// Two models, in an order.
  public record Pair(Model model, Model against) {}

  /// Something measured with a number of workers.
  ///
  /// @param log the logarithm of the bytes or nanoseconds
  public record WorkerPoint(int workers, StudentEstimate log) {}
}
