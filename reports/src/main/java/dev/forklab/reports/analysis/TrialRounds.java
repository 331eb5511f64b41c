package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Slice;
import dev.forklab.reports.results.Trial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A trial's measured slices, sorted into rounds and models.
///
/// Warm-up is left out, and so is every slice that has no time: one with a wrong reply, one in
/// which the machine stood still, or of a trial that failed.
///
/// @param rounds in the order they ran
record TrialRounds(Trial trial, List<Map<Model, Stint>> rounds) {

  static TrialRounds of(Trial trial) {
    Map<Integer, Map<Model, List<Slice>>> byRound = new TreeMap<>();
    if (trial.failure() == null) {
      Standstill standstill = Standstill.of(trial);
      for (Slice slice : trial.slices()) {
        if (hasTime(slice) && !standstill.spoilt(slice)) {
          byRound
              .computeIfAbsent(slice.round(), round -> new EnumMap<>(Model.class))
              .computeIfAbsent(slice.model(), model -> new ArrayList<>())
              .add(slice);
        }
      }
    }
    List<Map<Model, Stint>> rounds = new ArrayList<>(byRound.size());
    for (Map<Model, List<Slice>> round : byRound.values()) {
      Map<Model, Stint> stints = new EnumMap<>(Model.class);
      round.forEach((model, slices) -> stints.put(model, Stint.of(slices)));
      rounds.add(stints);
    }
    return new TrialRounds(trial, rounds);
  }

  private static boolean hasTime(Slice slice) {
    return !slice.warmup()
        && slice.wrongReplies() == 0
        && slice.operations() > 0
        && slice.nanos() > 0;
  }

  /// Every stint of `model`, in order.
  List<Stint> stints(Model model) {
    return rounds.stream()
        .flatMap(round -> Optional.ofNullable(round.get(model)).stream())
        .toList();
  }

  /// The rounds in which both models stood equally often: only there does the mirrored order cancel
  /// a steady drift.
  List<Pair> pairs(Model model, Model against) {
    List<Pair> pairs = new ArrayList<>();
    for (Map<Model, Stint> round : rounds) {
      Stint one = round.get(model);
      Stint other = round.get(against);
      if (one != null && other != null && one.slices() == other.slices()) {
        pairs.add(new Pair(one, other));
      }
    }
    return pairs;
  }

  /// Two models in one round.
  record Pair(Stint model, Stint against) {}

  /// One model's slices in one round.
  ///
  /// @param logs the slices' log throughputs
  /// @param cpuNanos of all slices, or -1 if it is not known of each
  /// @param latencies the slices' histograms, as they were recorded
  record Stint(
      List<Double> logs, long operations, long nanos, long cpuNanos, List<String> latencies) {

    static Stint of(List<Slice> slices) {
      List<Double> logs = new ArrayList<>();
      long operations = 0;
      long nanos = 0;
      long cpu = 0;
      List<String> latencies = new ArrayList<>();
      for (Slice slice : slices) {
        logs.add(Math.log(slice.throughput()));
        operations += slice.operations();
        nanos += slice.nanos();
        cpu = cpu < 0 || slice.cpuNanos() < 0 ? -1 : cpu + slice.cpuNanos();
        @Nullable String latency = slice.latency();
        if (latency != null) {
          latencies.add(latency);
        }
      }
      return new Stint(List.copyOf(logs), operations, nanos, cpu, List.copyOf(latencies));
    }

    int slices() {
      return logs.size();
    }

    /// The mean of the slices' log throughputs: a steady drift of the machine's speed cancels in it
    /// when slices are mirrored.
    double logThroughput() {
      return logs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    double[] logThroughputs() {
      return logs.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
