package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostData;
import dev.forklab.reports.cost.CostData.Pair;
import dev.forklab.reports.cost.CostPoint;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What a worker of each candidate was occupied with a task, cell by cell: what the model of cost
/// is fitted to.
///
/// Times come from ratios to the baseline, paired within rounds. The work behind a cell is what
/// calibration found at the machine's full speed, stretched as the base configuration's tasks were:
/// so all cells stand at one speed of the machine, although it was slower during one trial than
/// during the next.
final class CostPoints {

  private final Run run;
  private final Cell base;
  private final Throughput throughput;
  private final TaskTimes times;

  private CostPoints(Run run, Cell base, Throughput throughput, TaskTimes times) {
    this.run = run;
    this.base = base;
    this.throughput = throughput;
    this.times = times;
  }

  static CostData of(
      Run run,
      Cell base,
      List<Model> models,
      Throughput throughput,
      TaskTimes times,
      List<Trial> done,
      List<CellResult> results) {
    List<Model> candidates = models.stream().filter(Model::isCandidate).toList();
    CostPoints points = new CostPoints(run, base, throughput, times);
    Map<Model, List<CostPoint>> tasks = new EnumMap<>(Model.class);
    Map<Pair, Map<Cell, StudentEstimate>> ratios = new HashMap<>();
    for (Model model : candidates) {
      tasks.put(model, points.of(model));
      for (Model against : candidates) {
        if (model != against) {
          ratios.put(new Pair(model, against), throughput.ratio(model, against));
        }
      }
    }
    return new CostData(
        base,
        Math.max(run.host().cpus(), base.cpus()),
        tasks,
        ratios,
        FootprintPoints.memory(candidates, done),
        FootprintPoints.startUp(candidates, done),
        Explanations.of(done, results));
  }

  private List<CostPoint> of(Model model) {
    List<CostPoint> points = new ArrayList<>();
    throughput
        .ratio(model, Model.INLINE)
        .forEach((cell, ratio) -> {
          OptionalDouble work = work(cell);
          if (!cell.oversubscribed() && work.isPresent() && work.getAsDouble() > 0) {
            points.add(
                new CostPoint(cell, work.getAsDouble(), occupied(cell, work.getAsDouble(), ratio)));
          }
        });
    return points;
  }

  private OptionalDouble work(Cell cell) {
    OptionalDouble usual = TaskTimes.calibratedNanos(run, base);
    OptionalDouble found = TaskTimes.calibratedNanos(run, cell);
    OptionalDouble reached = times.reachedNanos(base);
    return usual.isPresent() && found.isPresent() && reached.isPresent()
        ? OptionalDouble.of(found.getAsDouble() * reached.getAsDouble() / usual.getAsDouble())
        : times.reachedNanos(cell);
  }

  private static StudentEstimate occupied(Cell cell, double workNanos, StudentEstimate logRatio) {
    return new StudentEstimate(
        Math.log(cell.workers() * workNanos) - logRatio.value(),
        logRatio.standardError(),
        logRatio.degreesOfFreedom(),
        logRatio.samples());
  }
}
