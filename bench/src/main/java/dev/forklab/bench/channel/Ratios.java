package dev.forklab.bench.channel;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.stats.Rounds;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TwoLevel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// From samples to ratios with intervals, paired within rounds.
///
/// Each of one contestant's slices is compared with each of the other's in the same round; rounds
/// and blocks are summed up by [TwoLevel], a block (a launch of the drivers) being its trial.
final class Ratios {

  private static final double ALPHA = 0.05;

  /// What is believed of launches: their own compiled code, heap and place in memory move these
  /// ratios more than those of pools, which hide them behind work.
  private static final TwoLevel.Prior LAUNCHES = new TwoLevel.Prior(0.03, 2);

  private Ratios() {}

  /// A ratio with its 95% interval.
  record Ratio(double value, double low, double high) {

    /// Whether it may be shown; by the rule of a run's comparisons.
    boolean isPrecise() {
      return high / value <= Estimate.MOST_FACTOR && value / low <= Estimate.MOST_FACTOR;
    }
  }

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
      Map<Integer, Map<Integer, double[]>> ones, Map<Integer, Map<Integer, double[]>> others) {
    List<Rounds> blocks = new ArrayList<>();
    ones.forEach(
        (block, rounds) -> blocks.add(differences(rounds, others.getOrDefault(block, Map.of()))));
    if (blocks.stream().allMatch(rounds -> rounds.count() == 0)) {
      return Optional.empty();
    }
    StudentEstimate log = TwoLevel.ofRounds(List.of(blocks), LAUNCHES).getFirst();
    double half = log.halfWidth(ALPHA);
    return Optional.of(
        new Ratio(
            Math.exp(log.value()), Math.exp(log.value() - half), Math.exp(log.value() + half)));
  }

  private static Rounds differences(Map<Integer, double[]> rounds, Map<Integer, double[]> others) {
    List<Integer> shared = rounds.keySet().stream().filter(others::containsKey).toList();
    return Rounds.differences(
        shared.stream().map(rounds::get).toList(), shared.stream().map(others::get).toList());
  }

  /// Block, round, the slices' logarithms.
  private static Map<Integer, Map<Integer, double[]>> logs(
      List<Sample> samples, String measure, Contestant contestant) {
    return samples.stream()
        .filter(sample -> sample.contestant() == contestant && sample.measure().equals(measure))
        .collect(
            groupingBy(
                Sample::block,
                TreeMap::new,
                groupingBy(
                    Sample::round,
                    TreeMap::new,
                    collectingAndThen(
                        toList(),
                        of -> of.stream().mapToDouble(s -> Math.log(s.value())).toArray()))));
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
}
