package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Model;
import dev.forklab.results.Slice;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.Trial;
import dev.forklab.results.WarmUp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A trial's measured slices, sorted into rounds and models.
///
/// Warm-up is left out, and so is every slice that has no time: one with a wrong reply, one in
/// which the machine stood still, of a trial that failed, or of a model that had not reached its
/// steady state when measuring began.
///
/// @param rounds in the order they ran
record TrialRounds(Trial trial, List<Map<Model, Stint>> rounds) {

  /// How much the yardstick may differ between two slices that are compared, as a log ratio. The
  /// two speeds of a shared machine differ by 0.3 to 0.45; single readings by a few hundredths.
  private static final double ALIKE = 0.15;

  /// How much it may change from before a slice to after it.
  private static final double CHANGED = 0.2;

  static TrialRounds of(Trial trial) {
    Map<Integer, Map<Model, List<Slice>>> byRound = new TreeMap<>();
    Set<Model> unsteady =
        trial.warmUps().stream()
            .filter(it -> !it.steady())
            .map(WarmUp::model)
            .collect(Collectors.toSet());
    if (trial.failure() == null) {
      Standstill standstill = Standstill.of(trial);
      for (Slice slice : trial.slices()) {
        if (hasTime(slice) && !standstill.disturbed(slice) && !unsteady.contains(slice.model())) {
          byRound
              .computeIfAbsent(slice.round(), round -> new EnumMap<>(Model.class))
              .computeIfAbsent(slice.model(), model -> new ArrayList<>())
              .add(slice);
        }
      }
    }
    Map<Model, Double> usual = usualYardsticks(trial);
    List<Map<Model, Stint>> rounds = new ArrayList<>(byRound.size());
    for (Map<Model, List<Slice>> round : byRound.values()) {
      Map<Model, Stint> stints = new EnumMap<>(Model.class);
      round.forEach(
          (model, slices) -> stints.put(model, Stint.of(slices, usual.getOrDefault(model, 1.0))));
      rounds.add(stints);
    }
    return new TrialRounds(trial, rounds);
  }

  /// What the yardstick usually took beside each model, which has CPUs of its own number.
  private static Map<Model, Double> usualYardsticks(Trial trial) {
    Map<Model, List<Double>> all = new EnumMap<>(Model.class);
    for (Slice slice : trial.slices()) {
      Conditions conditions = slice.conditions();
      if (conditions != null && hasTime(slice)) {
        all.computeIfAbsent(slice.model(), model -> new ArrayList<>())
            .add(conditions.yardstickNanos());
      }
    }
    Map<Model, Double> usual = new EnumMap<>(Model.class);
    all.forEach((model, readings) ->
        usual.put(
            model, Quantiles.quantile(readings.stream().mapToDouble(it -> it).toArray(), 0.5)));
    return usual;
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

  /// The rounds in which both models stood equally often, since only there does the mirrored order
  /// cancel a steady drift; and in which a slice of each ran at a like speed of the machine.
  List<Pair> pairs(Model model, Model against) {
    List<Pair> pairs = new ArrayList<>();
    for (Map<Model, Stint> round : rounds) {
      Stint one = round.get(model);
      Stint other = round.get(against);
      if (one != null && other != null && one.slices() == other.slices()) {
        Pair pair = new Pair(one, other);
        if (pair.differences().length > 0) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  /// Two models in one round.
  record Pair(Stint model, Stint against) {

    /// Every log throughput of the one less every log throughput of the other, where the machine
    /// was at a like speed in both slices ([Stint#paces]).
    double[] differences() {
      List<Double> differences = new ArrayList<>();
      for (int i = 0; i < model.slices(); i++) {
        for (int j = 0; j < against.slices(); j++) {
          if (alike(model.paces.get(i), against.paces.get(j))) {
            differences.add(model.logs.get(i) - against.logs.get(j));
          }
        }
      }
      return differences.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean alike(double one, double other) {
      return Math.abs(one - other) <= ALIKE;
    }
  }

  /// One model's slices in one round.
  ///
  /// @param logs the slices' log throughputs
  /// @param paces how slow the machine was during each, as a log ratio to what was usual beside its
  ///   model; NaN, which is like nothing, where that changed during the slice; 0 in a run measured
  ///   before that was recorded
  /// @param cpuNanos of all slices, or -1 if it is not known of each
  /// @param latencies the slices' histograms, as they were recorded
  record Stint(
      List<Double> logs,
      List<Double> paces,
      long operations,
      long nanos,
      long cpuNanos,
      List<String> latencies) {

    static Stint of(List<Slice> slices, double usualYardstick) {
      List<Double> logs = new ArrayList<>();
      List<Double> paces = new ArrayList<>();
      long operations = 0;
      long nanos = 0;
      long cpu = 0;
      List<String> latencies = new ArrayList<>();
      for (Slice slice : slices) {
        logs.add(Math.log(slice.throughput()));
        paces.add(pace(slice.conditions(), usualYardstick));
        operations += slice.operations();
        nanos += slice.nanos();
        cpu = cpu < 0 || slice.cpuNanos() < 0 ? -1 : cpu + slice.cpuNanos();
        @Nullable String latency = slice.latency();
        if (latency != null) {
          latencies.add(latency);
        }
      }
      return new Stint(
          List.copyOf(logs), List.copyOf(paces), operations, nanos, cpu, List.copyOf(latencies));
    }

    private static double pace(@Nullable Conditions conditions, double usual) {
      if (conditions == null) {
        return 0;
      }
      double change =
          Math.log((double) conditions.yardstickAfterNanos() / conditions.yardstickBeforeNanos());
      return Math.abs(change) > CHANGED
          ? Double.NaN
          : Math.log(conditions.yardstickNanos() / usual);
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
