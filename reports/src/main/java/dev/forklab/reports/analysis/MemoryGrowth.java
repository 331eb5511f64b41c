package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Line;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Trial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What one worker more adds to the memory of a model: the slope of its steady size under load over
/// the number of workers, through every footprint trial. The budget of heap is the same with many
/// workers as with few, so what grows is mostly what lies outside of heaps.
final class MemoryGrowth {

  private MemoryGrowth() {}

  /// Bytes a worker by model, proportional where that is known, else resident; a model measured
  /// with one number of workers only is not a key.
  static Map<Model, Estimate> of(List<Trial> trials) {
    Map<Model, Estimate> slopes = new EnumMap<>(Model.class);
    byModel(trials)
        .forEach((model, of) -> {
          StudentEstimate slope = slope(of);
          if (Double.isFinite(slope.value())) {
            slopes.put(model, Estimates.plain(slope));
          }
        });
    return slopes;
  }

  /// The footprint trials of each model that have results.
  static Map<Model, List<Trial>> byModel(List<Trial> trials) {
    Map<Model, List<Trial>> byModel = new EnumMap<>(Model.class);
    for (Trial trial : trials) {
      if (Footprints.isFootprint(trial)) {
        byModel
            .computeIfAbsent(trial.planned().models().getFirst(), _ -> new ArrayList<>())
            .add(trial);
      }
    }
    return byModel;
  }

  private static StudentEstimate slope(List<Trial> trials) {
    List<Trial> known = trials.stream().filter(trial -> Double.isFinite(bytes(trial))).toList();
    return Line.slope(
        known.stream().mapToDouble(trial -> trial.planned().cell().workers()).toArray(),
        known.stream().mapToDouble(MemoryGrowth::bytes).toArray());
  }

  /// The steady size under load; NaN if it is not known.
  static double bytes(Trial trial) {
    List<MemorySample> steady = Footprints.steady(trial, Phase.LOADED);
    double pss = Footprints.mean(steady, MemorySample::pssBytes);
    return Double.isFinite(pss) ? pss : Footprints.mean(steady, MemorySample::rssBytes);
  }
}
