package dev.forklab.reports.cost;

import dev.forklab.reports.cost.CostCheck.HeldOut;
import dev.forklab.reports.cost.CostCheck.Winner;
import dev.forklab.reports.cost.CostData.Pair;
import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leaves each cell out in turn and predicts it from the others.
final class HeldOutCells {

  private final CostData data;
  private final Map<Model, ModelCost> models;

  HeldOutCells(CostData data, Map<Model, ModelCost> models) {
    this.data = data;
    this.models = models;
  }

  CostCheck check() {
    List<HeldOut> held = new ArrayList<>();
    models.forEach((model, cost) ->
        cost.fitting().ifPresent(task -> held.addAll(heldOut(model, task.points()))));
    List<Cell> cells = held.stream().map(HeldOut::cell).distinct().toList();
    return new CostCheck(
        held, cells.stream().flatMap(cell -> winner(cell, held).stream()).toList());
  }

  private static List<HeldOut> heldOut(Model model, List<CostPoint> points) {
    List<HeldOut> held = new ArrayList<>();
    for (CostPoint point : points) {
      List<CostPoint> others = points.stream().filter(other -> !other.equals(point)).toList();
      if (!others.isEmpty() && Range.of(others).refusal(point.shape()).isEmpty()) {
        TaskCost.of(others)
            .map(cost -> Math.exp(cost.logNanos(point.shape()).value()))
            .filter(Double::isFinite)
            .ifPresent(nanos -> held.add(new HeldOut(model, point.cell(), nanos, point.nanos())));
      }
    }
    return held;
  }

  /// Empty unless two models were predicted in the cell, and one is certainly slower.
  private Optional<Winner> winner(Cell cell, List<HeldOut> held) {
    List<HeldOut> here = held.stream().filter(it -> it.cell().equals(cell)).toList();
    HeldOut best = here.stream().min(Comparator.comparingDouble(HeldOut::measured)).orElseThrow();
    List<Model> tied =
        here.stream()
            .map(HeldOut::model)
            .filter(model -> !slower(model, best.model(), cell))
            .toList();
    return tied.size() == here.size()
        ? Optional.empty()
        : here.stream()
            .min(Comparator.comparingDouble(HeldOut::predicted))
            .map(first -> new Winner(cell, tied, first.model()));
  }

  private boolean slower(Model model, Model best, Cell cell) {
    StudentEstimate ratio =
        data.logRatios().getOrDefault(new Pair(model, best), Map.of()).get(cell);
    return ratio != null && Known.ofLog(ratio, Basis.WITHIN).slower();
  }
}
