package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.FalseCoverage;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All comparisons of a run and their verdicts.
///
/// A verdict is read from an interval: all of it beyond 1 is a difference, all of it within the
/// margin of equivalence is sameness (which goes first: a certain difference of 1% is of no
/// consequence), anything else is inconclusive. An interval wider than [Estimate#MOST_FACTOR], or
/// none at all, allows no verdict, even if it lies beyond 1. All intervals of one family are drawn
/// at the level that [FalseCoverage] finds for it, and none is narrower than the [NoiseFloor] of
/// its metric.
///
/// **Families.** Each metric is a question of its own, so that many hard ones (the 99th percentile
/// of latency from a few hundred tasks) do not widen the answers to the others. And the comparisons
/// that the headline rests on, throughput of the candidates at the plan's base, are chosen before
/// anything is measured, as the primary endpoint of a trial is: they are a family too, of three
/// members or so. Within each family at most 5% of the verdicts are expected to be wrong.
final class Findings {

  /// The share of verdicts that may be wrong.
  private static final double WRONG_VERDICTS = 0.05;

  private Findings() {}

  /// A comparison before its verdict.
  ///
  /// @param floor the least half-width that its interval may have
  /// @param steady whether both models kept their speed while they were measured
  private record Comparison(
      Metric metric,
      Cell cell,
      Model model,
      Model against,
      StudentEstimate log,
      double floor,
      boolean steady) {

    double halfWidth(double level) {
      return Math.max(floor, log.halfWidth(level));
    }

    Verdict verdict(double level) {
      return steady
          ? Verdict.of(log.value(), halfWidth(level), metric == Metric.THROUGHPUT)
          : Verdict.UNMEASURED;
    }

    /// Comparisons of one family have one key.
    String family(Optional<Cell> base) {
      boolean primary =
          metric == Metric.THROUGHPUT
              && base.filter(cell::equals).isPresent()
              && model.role() == Role.CANDIDATE
              && against.role() == Role.CANDIDATE;
      return primary ? "primary" : metric.name();
    }

    Finding finding(double level) {
      Estimate ratio = Estimates.of(log, halfWidth(level));
      return new Finding(metric, cell, model, against, ratio, verdict(level));
    }
  }

  /// Every comparison that has data, of all metrics.
  ///
  /// @param base the plan's
  /// @param stillWarmingUp the models of each cell that did not keep their speed
  static List<Finding> of(
      List<Measurements> metrics,
      List<Model> models,
      Optional<Cell> base,
      Map<Cell, Set<Model>> stillWarmingUp) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Measurements metric : metrics) {
      NoiseFloor floor = NoiseFloor.of(metric);
      for (Pairing pairing : pairings(models)) {
        metric
            .ratio(pairing.model, pairing.against)
            .forEach((cell, log) ->
                comparisons.add(
                    new Comparison(
                        metric.metric(),
                        cell,
                        pairing.model,
                        pairing.against,
                        log,
                        floor.halfWidth(cell),
                        Collections.disjoint(
                            stillWarmingUp.getOrDefault(cell, Set.of()),
                            List.of(pairing.model, pairing.against)))));
      }
    }
    Map<String, Double> levels =
        comparisons.stream()
            .collect(
                Collectors.groupingBy(
                    comparison -> comparison.family(base),
                    Collectors.collectingAndThen(Collectors.toList(), Findings::level)));
    return comparisons.stream()
        .map(comparison ->
            comparison.finding(Objects.requireNonNull(levels.get(comparison.family(base)))))
        .toList();
  }

  private static double level(List<Comparison> family) {
    return FalseCoverage.level(WRONG_VERDICTS, family.size(), alpha -> verdicts(family, alpha));
  }

  /// The A/A control of one metric, as findings with plain 95% intervals.
  static List<Finding> noise(Measurements metric) {
    List<Finding> findings = new ArrayList<>();
    metric
        .ratio(Model.CONTROL, Model.INLINE)
        .forEach((cell, log) ->
            findings.add(
                new Comparison(metric.metric(), cell, Model.CONTROL, Model.INLINE, log, 0, true)
                    .finding(Estimates.ALPHA)));
    return findings;
  }

  private static int verdicts(List<Comparison> comparisons, double alpha) {
    return (int)
        comparisons.stream().filter(comparison -> comparison.verdict(alpha).decided()).count();
  }

  /// Two models that are compared.
  record Pairing(Model model, Model against) {}

  /// Each candidate against each later one.
  static List<Pairing> candidates(List<Model> models) {
    List<Model> candidates = candidateModels(models);
    List<Pairing> pairings = new ArrayList<>();
    for (Model model : candidates) {
      candidates.stream()
          .filter(other -> other.compareTo(model) > 0)
          .forEach(other -> pairings.add(new Pairing(model, other)));
    }
    return pairings;
  }

  private static List<Model> candidateModels(List<Model> models) {
    return models.stream()
        .distinct()
        .filter(model -> model.role() == Role.CANDIDATE)
        .sorted()
        .toList();
  }

  /// The candidates' pairings, and each candidate against its references; the first candidate
  /// against each peer, and each against the peer that is its counterpart.
  static List<Pairing> pairings(List<Model> models) {
    List<Model> candidates = candidateModels(models);
    List<Pairing> pairings = candidates(models);
    for (Model model : candidates) {
      others(models, Role.REFERENCE, Role.INJECTED)
          .filter(other -> other.counterpart().map(model::equals).orElse(true))
          .forEach(other -> pairings.add(new Pairing(model, other)));
    }
    others(models, Role.PEER)
        .forEach(peer ->
            candidates.stream()
                .filter(model ->
                    model == candidates.getFirst() || peer.counterpart().equals(Optional.of(model)))
                .forEach(model -> pairings.add(new Pairing(model, peer))));
    return pairings;
  }

  private static Stream<Model> others(List<Model> models, Role... roles) {
    return models.stream().distinct().filter(model -> List.of(roles).contains(model.role()));
  }
}
