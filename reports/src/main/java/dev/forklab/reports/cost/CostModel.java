package dev.forklab.reports.cost;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a task costs in each candidate, fitted to the cells of a run: the way from cells that were
/// measured to tasks that were not.
///
/// Every number comes with its 95% interval, or is refused with the reason ([Prediction]). Nothing
/// is derived from a model that does not fit its own cells.
///
/// @param base the cell whose number of workers tasks were fitted at
/// @param range of the cells that tasks were fitted to
/// @param models each candidate's costs
/// @param check how well cells are predicted that were left out of the fit
/// @param data what it was fitted to
public record CostModel(
    Cell base, Range range, Map<Model, ModelCost> models, CostCheck check, CostData data) {

  private static final double NANOS_PER_SECOND = 1e9;

  public CostModel {
    models = Map.copyOf(models);
  }

  /// Fits each candidate to its cells. Never throws: what the data do not carry is empty or
  /// refused.
  public static CostModel of(CostData data) {
    Map<Model, ModelCost> models = new EnumMap<>(Model.class);
    data.tasks().keySet().forEach(model -> models.put(model, ModelCost.of(model, data)));
    return new CostModel(data.base(), Range.of(data), models, CostCheck.of(data, models), data);
  }

  /// Nanoseconds that a worker is occupied with a task, at the speed that the machine had in the
  /// base configuration.
  public Prediction taskNanos(Model model, TaskShape shape, int workers) {
    return new Predictions(this).taskNanos(model, shape, workers);
  }

  /// Tasks per second of all workers together.
  public Prediction throughput(Model model, TaskShape shape, int workers) {
    return taskNanos(model, shape, workers).inverse(workers * NANOS_PER_SECOND);
  }

  /// The throughput of one model as a share of another's; above 1, the first is faster. Narrower
  /// than the two throughputs apart, because both were measured in the same rounds.
  public Prediction ratio(Model model, Model against, TaskShape shape, int workers) {
    return new Predictions(this).ratio(model, against, shape, workers);
  }

  /// Where a model catches up with another as tasks become longer, with the base configuration's
  /// workers.
  ///
  /// @param share of the other's throughput that it is to reach: 0.9 is "costs at most 10%"
  public Crossover crossover(Model model, Model against, double share, double messageBytes) {
    return Crossover.of(this, model, against, share, messageBytes);
  }

  /// Bytes of the whole process tree under load, with messages of the base configuration's size.
  public Prediction memoryBytes(Model model, int workers) {
    return new Predictions(this).memoryBytes(model, workers);
  }

  /// Nanoseconds from asking for a pool until every worker has replied.
  public Prediction startUpNanos(Model model, int workers) {
    return new Predictions(this).startUpNanos(model, workers);
  }

  /// A candidate's costs, if it was measured.
  public Optional<ModelCost> costs(Model model) {
    return Optional.ofNullable(models.get(model));
  }

  /// The costs of those models from which something is derived.
  public Map<Model, TaskCost> fitting() {
    Map<Model, TaskCost> fitting = new EnumMap<>(Model.class);
    models.forEach((model, cost) -> cost.fitting().ifPresent(task -> fitting.put(model, task)));
    return fitting;
  }
}
