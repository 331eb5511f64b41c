package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.stats.Chance;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How often the lab finds what is not there, and how well it finds what is.
///
/// Judged by what the lab claims: that its intervals hold the truth in 95 of 100, and its verdicts
/// are wrong in at most 5. How narrow they are is the machine's affair; what they cannot show there
/// is not measured.
///
/// @param asked how many repetitions there should be
/// @param repetitions how many are whole
/// @param nulls models against themselves
/// @param injected each injected effect in each metric
public record EffectScore(
    int asked, int repetitions, List<NullScore> nulls, List<InjectedScore> injected) {

  private static final double WRONG = 0.05;
  private static final int SURELY_FOUND_PERCENT = 3;
  private static final double SURELY_FOUND_SHARE = 0.9;

  /// Of an effect: what handing a task over takes is not injected.
  private static final double NOT_PLANTED = 0.05;

  public EffectScore {
    nulls = List.copyOf(nulls);
    injected = List.copyOf(injected);
  }

  static EffectScore of(int asked, List<Analysis> analyses) {
    List<Finding> findings =
        withIntervals(analyses.stream().flatMap(analysis -> analysis.findings().stream()));
    List<Finding> noise =
        withIntervals(analyses.stream().flatMap(analysis -> analysis.noise().stream()));
    List<NullScore> nulls =
        List.of(
            NullScore.of("inline against itself (plain 95% intervals)", noise),
            NullScore.of(
                "threads against itself (the verdicts' intervals)",
                findings.stream().filter(it -> it.against() == Model.INJECTED_0).toList()));
    List<InjectedScore> injected = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      Arrays.stream(Model.values())
          .filter(model -> model.role() == Role.INJECTED && model.extraWorkPercent() > 0)
          .forEach(model -> injected.add(score(metric, model, findings)));
    }
    return new EffectScore(asked, analyses.size(), nulls, injected);
  }

  /// Too few tasks for a 99th percentile give a number without an interval, from which no verdict
  /// is read.
  private static List<Finding> withIntervals(Stream<Finding> findings) {
    return findings.filter(finding -> finding.ratio().hasInterval()).toList();
  }

  private static InjectedScore score(Metric metric, Model model, List<Finding> findings) {
    return InjectedScore.of(
        metric,
        model.extraWorkPercent(),
        findings.stream()
            .filter(finding -> finding.metric() == metric && finding.against() == model)
            .toList());
  }

  /// What was aimed at, and whether it was reached.
  List<Check> checks() {
    if (repetitions == 0) {
      return List.of(
          Check.failed(Step.EFFECTS, "known effects", "a whole repetition", "found none"));
    }
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.of(
            Step.EFFECTS,
            "repetitions measured",
            String.valueOf(asked),
            String.valueOf(repetitions),
            repetitions == asked,
            Map.of()));
    checks.add(falseVerdicts());
    checks.add(noise());
    injected.stream()
        .filter(score -> score.metric() == Metric.THROUGHPUT)
        .forEach(score -> {
          if (score.percent() == SURELY_FOUND_PERCENT) {
            checks.add(found(score));
          }
          checks.add(estimated(score));
        });
    return checks;
  }

  private Check falseVerdicts() {
    int comparisons = nulls.stream().mapToInt(NullScore::comparisons).sum();
    int told = nulls.stream().mapToInt(NullScore::toldApart).sum();
    int most = Chance.most(comparisons, WRONG);
    return Check.of(
        Step.EFFECTS,
        "models told apart from themselves",
        "5%, at most " + most,
        ComparisonText.format(
            "%d of %d (%.1f%%)", told, comparisons, 100.0 * told / Math.max(1, comparisons)),
        told <= most,
        Map.of("told", (double) told, "comparisons", (double) comparisons));
  }

  private Check noise() {
    NullScore inline = nulls.getFirst();
    int most = Chance.most(inline.comparisons(), WRONG);
    return Check.of(
        Step.EFFECTS,
        "intervals of inline against itself that leave out 1",
        "5%, at most " + most,
        ComparisonText.format(
            "%d of %d (of throughput ±%.2f%% in the median, ±%.2f%% at most)",
            inline.leftOut(), inline.comparisons(), inline.medianHalfWidth(), inline.widest()),
        inline.leftOut() <= most,
        Map.of("median", inline.medianHalfWidth(), "widest", inline.widest()));
  }

  private static Check found(InjectedScore score) {
    String claim = "an injected " + score.percent() + "% is found";
    String expected = "in 9 of 10";
    if (!(score.halfWidth() <= score.percent() / 2.0)) {
      return Check.notMeasured(
          Step.EFFECTS,
          claim,
          expected,
          ComparisonText.format(
              "intervals are ±%.1f%% here: a quieter machine shows it", score.halfWidth()));
    }
    return Check.of(
        Step.EFFECTS,
        claim,
        expected,
        ComparisonText.format("in %d of %d", score.found(), score.repetitions()),
        score.found() >= SURELY_FOUND_SHARE * score.repetitions(),
        Map.of("found", (double) score.found()));
  }

  /// Neither off in the mean nor off more often than is claimed.
  private static Check estimated(InjectedScore score) {
    int least = Chance.least(score.repetitions(), 1 - WRONG);
    double off = Math.abs(score.mean() - score.percent());
    double mostOff = Math.max(3 * score.standardError(), NOT_PLANTED * score.percent());
    return Check.of(
        Step.EFFECTS,
        "an injected " + score.percent() + "% is estimated",
        ComparisonText.format("%d%% ± %.2f, held by %d intervals", score.percent(), mostOff, least),
        ComparisonText.format(
            "%.2f%% ± %.2f points, from %.2f to %.2f; held by %d of %d",
            score.mean(),
            score.spread(),
            score.low(),
            score.high(),
            score.covered(),
            score.repetitions()),
        off <= mostOff && score.covered() >= least,
        Map.of("mean", score.mean(), "spread", score.spread()));
  }
}
