package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostData.WorkerPoint;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Model;
import dev.forklab.results.Trial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Memory and start-up by number of workers, for the model of cost.
final class FootprintPoints {

  /// What is believed of the memory of one launch: the next one's differs by so much.
  private static final double LAUNCH_OF_MEMORY = 0.02;

  private static final double WEIGHT = 2;

  private FootprintPoints() {}

  /// Steady bytes under load, of each trial.
  static Map<Model, List<WorkerPoint>> memory(List<Model> models, List<Trial> done) {
    Map<Model, List<WorkerPoint>> points = new EnumMap<>(Model.class);
    MemoryGrowth.byModel(done)
        .forEach((model, trials) -> {
          if (models.contains(model)) {
            points.put(model, trials.stream().flatMap(trial -> memory(trial).stream()).toList());
          }
        });
    return points;
  }

  private static List<WorkerPoint> memory(Trial trial) {
    double bytes = MemoryGrowth.bytes(trial);
    return bytes > 0
        ? List.of(
            new WorkerPoint(
                trial.planned().cell().workers(),
                new StudentEstimate(Math.log(bytes), LAUNCH_OF_MEMORY, WEIGHT, 1)))
        : List.of();
  }

  /// Nanoseconds until every worker has replied, where each has a CPU to start on.
  static Map<Model, List<WorkerPoint>> startUp(List<Model> models, List<Trial> done) {
    Map<Model, List<WorkerPoint>> points = new EnumMap<>(Model.class);
    models.forEach(model -> points.put(model, new ArrayList<>()));
    Footprints.allReplies(done)
        .forEach((of, log) -> {
          List<WorkerPoint> starts = points.get(of.model());
          if (starts != null && !of.cell().oversubscribed() && Double.isFinite(log.value())) {
            starts.add(new WorkerPoint(of.cell().workers(), log));
          }
        });
    return points;
  }
}
