package dev.forklab.bench.channel;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TwoLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From samples to ratios with intervals, paired within rounds.
///
/// In each round the mean logarithm of one contestant's two slices less that of the other's is the
/// round's log ratio; rounds and blocks are summed up by [TwoLevel], a block (a launch of the
/// drivers) being its trial.
final class Ratios {

  private static final double ALPHA = 0.05;

  /// What is believed of launches: their own compiled code, heap and place in memory move these
  /// ratios more than those of pools, which hide them behind work.
  private static final TwoLevel.Prior LAUNCHES = new TwoLevel.Prior(0.03, 2);

  private Ratios() {}

  /// A ratio with its 95% interval.
  record Ratio(double value, double low, double high) {}

  /// How many times as large one contestant's value of a measure is as another's; empty if they
  /// share no round.
  static Optional<Ratio> of(
      List<Sample> samples, Measure measure, Contestant one, Contestant other) {
    return between(logs(samples, measure.id(), one), logs(samples, measure.id(), other));
  }

  /// How many times as large one contestant's value of one measure is as that of another measure.
  static Optional<Ratio> growth(
      List<Sample> samples, Contestant contestant, Measure one, Measure other) {
    return between(logs(samples, one.id(), contestant), logs(samples, other.id(), contestant));
  }

  private static Optional<Ratio> between(
      Map<Integer, Map<Integer, Double>> ones, Map<Integer, Map<Integer, Double>> others) {
    List<double[]> blocks = new ArrayList<>();
    ones.forEach(
        (block, rounds) -> blocks.add(differences(rounds, others.getOrDefault(block, Map.of()))));
    if (blocks.stream().allMatch(rounds -> rounds.length == 0)) {
      return Optional.empty();
    }
    StudentEstimate log = TwoLevel.ofRounds(List.of(blocks), LAUNCHES).getFirst();
    double half = log.halfWidth(ALPHA);
    return Optional.of(
        new Ratio(
            Math.exp(log.value()), Math.exp(log.value() - half), Math.exp(log.value() + half)));
  }

  private static double[] differences(Map<Integer, Double> rounds, Map<Integer, Double> others) {
    List<Double> differences = new ArrayList<>();
    rounds.forEach((round, log) -> {
      Double other = others.get(round);
      if (other != null) {
        differences.add(log - other);
      }
    });
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Block, round, mean logarithm.
  private static Map<Integer, Map<Integer, Double>> logs(
      List<Sample> samples, String measure, Contestant contestant) {
    Map<Integer, Map<Integer, List<Double>>> values = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.contestant() == contestant && sample.measure().equals(measure)) {
        values
            .computeIfAbsent(sample.block(), _ -> new TreeMap<>())
            .computeIfAbsent(sample.round(), _ -> new ArrayList<>())
            .add(Math.log(sample.value()));
      }
    }
    Map<Integer, Map<Integer, Double>> means = new TreeMap<>();
    values.forEach((block, rounds) -> {
      Map<Integer, Double> of = new TreeMap<>();
      rounds.forEach((round, logs) ->
          of.put(round, logs.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
      means.put(block, of);
    });
    return means;
  }

  /// Every contestant's typical value of a measure: the median of its slices.
  static Map<Contestant, Double> medians(List<Sample> samples, Measure measure) {
    Map<Contestant, Double> medians = new EnumMap<>(Contestant.class);
    for (Contestant contestant : Contestant.values()) {
      double[] values =
          samples.stream()
              .filter(s -> s.contestant() == contestant && s.measure().equals(measure.id()))
              .mapToDouble(Sample::value)
              .toArray();
      if (values.length > 0) {
        medians.put(contestant, dev.forklab.reports.stats.Quantiles.median(values));
      }
    }
    return medians;
  }

  /// The number of slices of a measure.
  static long count(List<Sample> samples, Measure measure) {
    return samples.stream().filter(sample -> sample.measure().equals(measure.id())).count();
  }

  static boolean isFinite(Ratio ratio) {
    return Arrays.stream(new double[] {ratio.low(), ratio.high()}).allMatch(Double::isFinite);
  }
}
