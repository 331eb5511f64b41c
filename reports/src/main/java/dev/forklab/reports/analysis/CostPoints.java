package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.CostPoint;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a worker of each candidate was occupied with a task, cell by cell: the points that the
/// model of cost is fitted to.
///
/// From ratios to the baseline, paired within rounds, so a machine that is slower in one cell than
/// in another is slower for both.
final class CostPoints {

  private CostPoints() {}

  /// The model of cost of a run, of cells with as many workers as its base configuration.
  static CostModel fit(Cell base, List<Model> models, Throughput throughput, TaskTimes times) {
    Map<Model, List<CostPoint>> points = new EnumMap<>(Model.class);
    for (Model model : models) {
      if (model.isCandidate()) {
        points.put(model, of(base, throughput.ratio(model, Model.INLINE), times));
      }
    }
    return CostModel.of(base.workers(), points);
  }

  private static List<CostPoint> of(
      Cell base, Map<Cell, StudentEstimate> logRatios, TaskTimes times) {
    List<CostPoint> points = new ArrayList<>();
    logRatios.forEach((cell, ratio) -> {
      OptionalDouble work = times.reachedNanos(cell);
      if (work.isPresent() && cell.workers() == base.workers() && cell.cpus() == base.cpus()) {
        points.add(new CostPoint(cell, work.getAsDouble(), occupied(cell, work.getAsDouble(), ratio)));
      }
    });
    return points;
  }

  private static StudentEstimate occupied(
      Cell cell, double workNanos, StudentEstimate logRatio) {
    return new StudentEstimate(
        Math.log(cell.workers() * workNanos) - logRatio.value(),
        logRatio.standardError(),
        logRatio.degreesOfFreedom(),
        logRatio.samples());
  }
}
