package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.MemorySample;
import dev.forklab.reports.results.MemorySample.Phase;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Plan;
import dev.forklab.reports.results.StartUp;
import dev.forklab.reports.results.Trial;
import dev.forklab.reports.results.TrialKind;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TrimmedMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Start-up and memory from footprint trials.
///
/// Start-up is the trimmed mean of log times over all starts but the first in each JVM, which pays
/// for loading the lab's own classes; if there are no others, over those. Memory is the mean over
/// trials of each trial's mean.
final class Footprints {

  private Footprints() {}

  private record Key(Cell cell, Model model) {}

  static List<Footprint> of(Plan plan, List<Trial> trials) {
    Map<Key, List<Trial>> byKey = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Plan.PlannedTrial planned = trial.planned();
      if (planned.kind() == TrialKind.FOOTPRINT
          && trial.failure() == null
          && planned.models().size() == 1) {
        byKey
            .computeIfAbsent(
                new Key(planned.cell(), planned.models().getFirst()), key -> new ArrayList<>())
            .add(trial);
      }
    }
    List<Cell> order = plan.cells();
    return byKey.entrySet().stream()
        .map(entry -> footprint(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt((Footprint found) -> place(order, found.cell()))
                .thenComparing(Footprint::model))
        .toList();
  }

  private static int place(List<Cell> order, Cell cell) {
    int index = order.indexOf(cell);
    return index < 0 ? order.size() : index;
  }

  private static Footprint footprint(Key key, List<Trial> trials) {
    Map<Phase, Memory> memory = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (trials.stream()
          .flatMap(trial -> trial.memory().stream())
          .anyMatch(sample -> sample.phase() == phase)) {
        memory.put(phase, memory(phase, trials));
      }
    }
    return new Footprint(
        key.cell,
        key.model,
        startUp(trials, StartUp::firstReplyNanos),
        startUp(trials, StartUp::allRepliesNanos),
        memory);
  }

  private static Estimate startUp(List<Trial> trials, ToLongFunction<StartUp> nanos) {
    List<StartUp> all = trials.stream().flatMap(trial -> trial.startUps().stream()).toList();
    List<StartUp> later = all.stream().filter(start -> start.repetition() > 0).toList();
    double[] logs =
        (later.isEmpty() ? all : later)
            .stream().mapToLong(nanos).filter(time -> time > 0).mapToDouble(Math::log).toArray();
    if (logs.length == 0) {
      return Estimate.unknown();
    }
    TrimmedMean mean = TrimmedMean.of(logs);
    return Estimates.of(
        new StudentEstimate(
            mean.value(), Math.sqrt(mean.variance()), mean.degreesOfFreedom(), logs.length));
  }

  private static Memory memory(Phase phase, List<Trial> trials) {
    return new Memory(
        size(phase, trials, MemorySample::pssBytes),
        size(phase, trials, MemorySample::ussBytes),
        size(phase, trials, MemorySample::rssBytes),
        size(phase, trials, MemorySample::heapUsedBytes),
        size(phase, trials, MemorySample::heapCommittedBytes));
  }

  private static Estimate size(
      Phase phase, List<Trial> trials, ToLongFunction<MemorySample> bytes) {
    double[] means =
        trials.stream()
            .mapToDouble(trial ->
                trial.memory().stream()
                    .filter(sample -> sample.phase() == phase)
                    .mapToLong(bytes)
                    .filter(size -> size >= 0)
                    .average()
                    .orElse(Double.NaN))
            .filter(Double::isFinite)
            .toArray();
    if (means.length == 0) {
      return Estimate.unknown();
    }
    TrimmedMean mean = TrimmedMean.of(means);
    StudentEstimate found =
        new StudentEstimate(
            mean.value(), Math.sqrt(mean.variance()), mean.degreesOfFreedom(), means.length);
    double half = found.halfWidth(Estimates.ALPHA);
    return Double.isFinite(half)
        ? new Estimate(mean.value(), mean.value() - half, mean.value() + half, means.length)
        : new Estimate(mean.value(), mean.value(), mean.value(), means.length);
  }
}
