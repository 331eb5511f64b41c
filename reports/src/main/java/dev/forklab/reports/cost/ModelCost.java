package dev.forklab.reports.cost;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All costs of one candidate.
///
/// @param task what a task costs; empty if the cells do not tell work, tasks and bytes apart
/// @param refusal why nothing is derived from `task`, as a clause; empty if it fits
/// @param scaling what more workers cost; empty unless two numbers of workers were measured
/// @param memory under load; empty unless two numbers of workers were measured
/// @param startUp until every worker has replied; empty unless two numbers of workers were measured
public record ModelCost(
    Optional<TaskCost> task,
    Optional<String> refusal,
    Optional<Scaling> scaling,
    Optional<WorkerLine> memory,
    Optional<WorkerLine> startUp) {

  private static final String TOO_FEW =
      "its cells do not tell work, tasks and bytes apart: that takes at least two task times and"
          + " two message sizes with the same workers (--task, --sizes)";

  static ModelCost of(Model model, CostData data) {
    List<CostPoint> points = data.tasks().getOrDefault(model, List.of());
    Optional<TaskCost> task = TaskCost.of(atBase(points, data.base()));
    return new ModelCost(
        task,
        task.isEmpty() ? Optional.of(TOO_FEW) : task.get().refusal(),
        like(model, data.tasks(), of -> Scaling.of(sweep(of, data.base()))),
        like(model, data.memory(), WorkerLine::of),
        like(model, data.startUp(), WorkerLine::of));
  }

  /// Of the model itself, or where it was measured with one number of workers only, of the same
  /// pool with the other codec: codecs differ with messages, not with workers.
  private static <P, T> Optional<T> like(
      Model model, Map<Model, List<P>> data, Function<List<P>, Optional<T>> fit) {
    return fit.apply(data.getOrDefault(model, List.of()))
        .or(() ->
            data.keySet().stream()
                .filter(model::isOtherCodecOf)
                .findFirst()
                .flatMap(other -> fit.apply(data.getOrDefault(other, List.of()))));
  }

  /// The points with the base configuration's workers.
  static List<CostPoint> atBase(List<CostPoint> points, Cell base) {
    return points.stream().filter(point -> point.cell().workers() == base.workers()).toList();
  }

  /// The points that differ from the base configuration in workers only.
  private static List<CostPoint> sweep(List<CostPoint> points, Cell base) {
    return points.stream()
        .filter(point -> point.cell().messageBytes() == base.messageBytes())
        .filter(point -> point.cell().taskNanos() == base.taskNanos())
        .toList();
  }

  /// What can be derived from: the cost of a task of a model that fits.
  public Optional<TaskCost> fitting() {
    return refusal.isPresent() ? Optional.empty() : task;
  }
}
