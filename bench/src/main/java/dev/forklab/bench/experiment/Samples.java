package dev.forklab.bench.experiment;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.reports.stats.Rounds;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TwoLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// From samples to ratios with intervals, paired within rounds.
///
/// Each of one contestant's slices is compared with each of the other's in the same round; rounds
/// and blocks are summed up by [TwoLevel], a block being its trial.
///
/// @param launches what is believed of the spread between blocks before it is seen
/// @param <C> a contestant
public record Samples<C>(List<Sample<C>> all, TwoLevel.Prior launches) {

  public Samples {
    all = List.copyOf(all);
  }

  /// How many times as large one contestant's value of a measure is as another's, with its 95%
  /// interval; empty if they share no round.
  public Optional<Estimate> ratio(String measure, C one, C other) {
    return between(logs(measure, one), logs(measure, other));
  }

  /// How many times as large one contestant's value of one measure is as that of another measure.
  public Optional<Estimate> growth(C contestant, String one, String other) {
    return between(logs(one, contestant), logs(other, contestant));
  }

  /// A contestant's typical value of a measure: the median of its slices; empty if it has none.
  public OptionalDouble median(String measure, C contestant) {
    double[] values =
        all.stream()
            .filter(sample -> sample.contestant().equals(contestant))
            .filter(sample -> sample.measure().equals(measure))
            .mapToDouble(Sample::value)
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Quantiles.median(values));
  }

  private Optional<Estimate> between(
      Map<Integer, Map<Integer, double[]>> ones, Map<Integer, Map<Integer, double[]>> others) {
    List<Rounds> blocks = new ArrayList<>();
    ones.forEach(
        (block, rounds) -> blocks.add(differences(rounds, others.getOrDefault(block, Map.of()))));
    if (blocks.stream().allMatch(rounds -> rounds.count() == 0)) {
      return Optional.empty();
    }
    StudentEstimate log = TwoLevel.ofRounds(List.of(blocks), launches).getFirst();
    double half = log.halfWidth(Inference.ALPHA);
    return Optional.of(
        new Estimate(
            Math.exp(log.value()),
            Math.exp(log.value() - half),
            Math.exp(log.value() + half),
            log.samples()));
  }

  private static Rounds differences(Map<Integer, double[]> rounds, Map<Integer, double[]> others) {
    List<Integer> shared = rounds.keySet().stream().filter(others::containsKey).toList();
    return Rounds.differences(
        shared.stream().map(rounds::get).toList(), shared.stream().map(others::get).toList());
  }

  /// Block, round, the slices' logarithms.
  private Map<Integer, Map<Integer, double[]>> logs(String measure, C contestant) {
    return all.stream()
        .filter(sample -> sample.contestant().equals(contestant))
        .filter(sample -> sample.measure().equals(measure))
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
}
