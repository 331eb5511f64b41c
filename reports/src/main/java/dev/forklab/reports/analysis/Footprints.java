package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.reports.stats.TrimmedMean;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.MemorySample.Shares;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.StartUp;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// Start-up and memory from footprint trials.
///
/// Start-up is over all starts but the first in each JVM, which pays for loading the lab's own
/// classes and is told apart; if there are no others, over those. Starts of one JVM are one trial's
/// rounds: the interval is that of [TwoLevel] over log times. Memory is the mean over trials of
/// each trial's mean; under load, of the second half of its samples.
final class Footprints {

  /// What is believed of a lone start of a JVM: starts of one JVM differ by 10% or so.
  private static final double ONE_START_VARIANCE = 0.01;

  private Footprints() {}

  /// What a footprint is of.
  record Key(Cell cell, Model model) {}

  /// The log of the time until the first reply, over launches.
  static Map<Key, StudentEstimate> startUps(List<Trial> trials) {
    Map<Key, List<Trial>> byKey = byKey(trials);
    return estimates(byKey, startUps(byKey.values(), false, StartUp::firstReplyNanos));
  }

  /// The log of the time until every worker has replied, over launches.
  static Map<Key, StudentEstimate> allReplies(List<Trial> trials) {
    Map<Key, List<Trial>> byKey = byKey(trials);
    return estimates(byKey, startUps(byKey.values(), false, StartUp::allRepliesNanos));
  }

  /// The log of the steady proportional size under load, over launches.
  static Map<Key, StudentEstimate> loadedMemory(List<Trial> trials) {
    Map<Key, List<Trial>> byKey = byKey(trials);
    List<List<TrialMean>> means = new ArrayList<>();
    for (List<Trial> of : byKey.values()) {
      means.add(
          of.stream()
              .map(trial -> mean(steady(trial, Phase.LOADED), MemorySample::pssBytes))
              .filter(bytes -> bytes > 0)
              .map(bytes -> new TrialMean(Math.log(bytes), 0, 1))
              .toList());
    }
    return estimates(byKey, TwoLevel.estimate(means, Launches.OF_MEMORY));
  }

  private static Map<Key, StudentEstimate> estimates(
      Map<Key, List<Trial>> byKey, List<StudentEstimate> logs) {
    Map<Key, StudentEstimate> estimates = new LinkedHashMap<>();
    byKey.keySet().forEach(key -> estimates.put(key, logs.get(estimates.size())));
    return estimates;
  }

  private static Map<Key, List<Trial>> byKey(List<Trial> trials) {
    Map<Key, List<Trial>> byKey = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Plan.PlannedTrial planned = trial.planned();
      if (isFootprint(trial)) {
        byKey
            .computeIfAbsent(
                new Key(planned.cell(), planned.models().getFirst()), key -> new ArrayList<>())
            .add(trial);
      }
    }
    return byKey;
  }

  /// Whether a trial has measured the footprint of a model.
  static boolean isFootprint(Trial trial) {
    return trial.planned().kind() == TrialKind.FOOTPRINT
        && trial.failure() == null
        && trial.planned().models().size() == 1;
  }

  static List<Footprint> of(Plan plan, List<Trial> trials) {
    Map<Key, List<Trial>> byKey = byKey(trials);
    List<StudentEstimate> first = startUps(byKey.values(), false, StartUp::firstReplyNanos);
    List<StudentEstimate> all = startUps(byKey.values(), false, StartUp::allRepliesNanos);
    List<StudentEstimate> coldest = startUps(byKey.values(), true, StartUp::allRepliesNanos);
    List<Footprint> footprints = new ArrayList<>();
    byKey.forEach((key, of) -> {
      int i = footprints.size();
      footprints.add(
          footprint(
              key, of, estimate(first.get(i)), estimate(all.get(i)), estimate(coldest.get(i))));
    });
    List<Cell> order = plan.cells();
    return footprints.stream()
        .sorted(
            Comparator.comparingInt((Footprint found) -> place(order, found.cell()))
                .thenComparing(Footprint::model))
        .toList();
  }

  private static int place(List<Cell> order, Cell cell) {
    int index = order.indexOf(cell);
    return index < 0 ? order.size() : index;
  }

  private static Footprint footprint(
      Key key, List<Trial> trials, Estimate firstReply, Estimate allReplies, Estimate coldest) {
    Map<Phase, Memory> memory = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (trials.stream()
          .flatMap(trial -> trial.memory().stream())
          .anyMatch(sample -> sample.phase() == phase)) {
        memory.put(phase, memory(phase, trials));
      }
    }
    return new Footprint(
        key.cell, key.model, firstReply, allReplies, coldest, memory, shares(trials));
  }

  /// @param coldest whether the first start of each JVM is meant, or the others
  private static List<StudentEstimate> startUps(
      Collection<List<Trial>> footprints, boolean coldest, ToLongFunction<StartUp> nanos) {
    List<List<TrialMean>> means = new ArrayList<>();
    for (List<Trial> trials : footprints) {
      means.add(trials.stream().flatMap(trial -> startUp(trial, coldest, nanos).stream()).toList());
    }
    return TwoLevel.estimate(means, Launches.OF_START_UPS);
  }

  private static Optional<TrialMean> startUp(
      Trial trial, boolean coldest, ToLongFunction<StartUp> nanos) {
    List<StartUp> all = trial.startUps();
    List<StartUp> wanted =
        all.stream().filter(start -> coldest == (start.repetition() == 0)).toList();
    double[] logs =
        (wanted.isEmpty() && !coldest ? all : wanted)
            .stream().mapToLong(nanos).filter(time -> time > 0).mapToDouble(Math::log).toArray();
    if (logs.length == 0) {
      return Optional.empty();
    }
    TrimmedMean mean = TrimmedMean.of(logs);
    return Optional.of(
        new TrialMean(
            mean.value(),
            logs.length > 1 ? mean.variance() : ONE_START_VARIANCE,
            Math.max(1, mean.degreesOfFreedom())));
  }

  private static Estimate estimate(StudentEstimate logs) {
    return logs.samples() == 0 ? Estimate.unknown() : Estimates.of(logs);
  }

  private static Memory memory(Phase phase, List<Trial> trials) {
    return new Memory(
        steady(phase, trials, MemorySample::pssBytes),
        steady(phase, trials, MemorySample::ussBytes),
        steady(phase, trials, MemorySample::rssBytes),
        steady(phase, trials, MemorySample::heapUsedBytes),
        steady(phase, trials, MemorySample::heapCommittedBytes));
  }

  private static Estimate steady(
      Phase phase, List<Trial> trials, ToLongFunction<MemorySample> bytes) {
    return overTrials(trials, trial -> mean(steady(trial, phase), bytes));
  }

  /// A trial's samples of a phase, of the loaded one those of its second half.
  static List<MemorySample> steady(Trial trial, Phase phase) {
    List<MemorySample> samples =
        trial.memory().stream().filter(sample -> sample.phase() == phase).toList();
    long last = samples.stream().mapToLong(MemorySample::sinceNanos).max().orElse(0);
    return samples.stream().filter(sample -> sample.sinceNanos() >= last / 2).toList();
  }

  /// NaN if none of the sizes is known.
  static double mean(List<MemorySample> samples, ToLongFunction<MemorySample> bytes) {
    return samples.stream().mapToLong(bytes).filter(size -> size >= 0).average().orElse(Double.NaN);
  }

  private static Footprint.Shares shares(List<Trial> trials) {
    return new Footprint.Shares(
        overTrials(
            trials,
            trial ->
                trial.memory().stream()
                    .filter(sample -> sample.phase() == Phase.LOADED && sample.pssBytes() >= 0)
                    .mapToDouble(MemorySample::pssBytes)
                    .max()
                    .orElse(Double.NaN)),
        overTrials(trials, trial -> share(trial, Shares::heapPssBytes)),
        overTrials(
            trials,
            trial ->
                detailed(trial)
                    .filter(sample -> share(trial, Shares::heapPssBytes) >= 0)
                    .map(sample -> sample.pssBytes() - share(trial, Shares::heapPssBytes))
                    .orElse(Double.NaN)),
        overTrials(
            trials,
            trial -> share(trial, shares -> shares.archiveRssBytes() - shares.archivePssBytes())));
  }

  /// The last sample under load that says what memory is made of.
  private static Optional<MemorySample> detailed(Trial trial) {
    return trial.memory().stream()
        .filter(sample -> sample.phase() == Phase.LOADED && sample.shares() != null)
        .reduce((_, last) -> last);
  }

  /// NaN if it is not known.
  private static double share(Trial trial, ToLongFunction<Shares> bytes) {
    return detailed(trial)
        .map(MemorySample::shares)
        .map(bytes::applyAsLong)
        .filter(size -> size >= 0)
        .map(Long::doubleValue)
        .orElse(Double.NaN);
  }

  private static Estimate overTrials(List<Trial> trials, ToDoubleFunction<Trial> bytes) {
    double[] sizes = trials.stream().mapToDouble(bytes).filter(Double::isFinite).toArray();
    if (sizes.length == 0) {
      return Estimate.unknown();
    }
    TrimmedMean mean = TrimmedMean.of(sizes);
    return Estimates.plain(
        new StudentEstimate(
            mean.value(), Math.sqrt(mean.variance()), mean.degreesOfFreedom(), sizes.length));
  }
}
