package dev.forklab.bench.selftest;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Model.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How often the lab finds what is not there, and how well it finds what is.
///
/// The aims are for a quiet machine of two CPUs. With so few repetitions a share of 5% cannot be
/// told from one in twenty, so a single verdict is allowed where 5% would be less than one.
///
/// @param asked how many repetitions there should be
/// @param repetitions how many are whole
/// @param nulls models against themselves
/// @param planted each planted effect in each metric
public record EffectScore(
    int asked, int repetitions, List<NullScore> nulls, List<PlantedScore> planted) {

  static final double MOST_TOLD_APART = 0.05;
  static final double WIDEST_HALF_WIDTH_PERCENT = 1;
  static final int SURELY_FOUND_PERCENT = 3;
  static final double SURELY_FOUND_SHARE = 0.9;

  public EffectScore {
    nulls = List.copyOf(nulls);
    planted = List.copyOf(planted);
  }

  static EffectScore of(int asked, List<Analysis> analyses) {
    List<Finding> findings =
        analyses.stream().flatMap(analysis -> analysis.findings().stream()).toList();
    List<Finding> noise = analyses.stream().flatMap(analysis -> analysis.noise().stream()).toList();
    List<NullScore> nulls =
        List.of(
            NullScore.of("inline against itself (plain 95% intervals)", noise),
            NullScore.of(
                "threads against itself (the verdicts' intervals)",
                findings.stream().filter(it -> it.against() == Model.PLANTED_0).toList()));
    List<PlantedScore> planted = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      Arrays.stream(Model.values())
          .filter(model -> model.role() == Role.PLANTED && model.extraWorkPercent() > 0)
          .forEach(model -> planted.add(score(metric, model, findings)));
    }
    return new EffectScore(asked, analyses.size(), nulls, planted);
  }

  private static PlantedScore score(Metric metric, Model model, List<Finding> findings) {
    return PlantedScore.of(
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
    planted.stream()
        .filter(score -> score.metric() == Metric.THROUGHPUT)
        .forEach(score -> {
          if (score.percent() == SURELY_FOUND_PERCENT) {
            checks.add(found(score));
          }
          checks.add(near(score));
        });
    return checks;
  }

  private Check falseVerdicts() {
    int comparisons = nulls.stream().mapToInt(NullScore::comparisons).sum();
    int told = nulls.stream().mapToInt(NullScore::toldApart).sum();
    return Check.of(
        Step.EFFECTS,
        "models told apart from themselves",
        "at most 5%",
        Wording.of("%d of %d (%.1f%%)", told, comparisons, 100.0 * told / Math.max(1, comparisons)),
        told <= Math.max(1, MOST_TOLD_APART * comparisons),
        Map.of("told", (double) told, "comparisons", (double) comparisons));
  }

  private Check noise() {
    NullScore inline = nulls.getFirst();
    return Check.of(
        Step.EFFECTS,
        "inline against itself is known to",
        Wording.of("±%.0f%% of throughput", WIDEST_HALF_WIDTH_PERCENT),
        Wording.of(
            "±%.2f%% in the median, ±%.2f%% at most", inline.medianHalfWidth(), inline.widest()),
        inline.medianHalfWidth() <= WIDEST_HALF_WIDTH_PERCENT,
        Map.of("median", inline.medianHalfWidth(), "widest", inline.widest()));
  }

  private static Check found(PlantedScore score) {
    return Check.of(
        Step.EFFECTS,
        "a planted " + score.percent() + "% is found",
        "in 9 of 10",
        Wording.of("in %d of %d", score.found(), score.repetitions()),
        score.found() >= SURELY_FOUND_SHARE * score.repetitions(),
        Map.of("found", (double) score.found()));
  }

  private static Check near(PlantedScore score) {
    return Check.of(
        Step.EFFECTS,
        "a planted " + score.percent() + "% is estimated",
        "within 1 point in 9 of 10",
        Wording.of(
            "%.2f%% ± %.2f points, from %.2f to %.2f: in %d of %d",
            score.mean(),
            score.spread(),
            score.low(),
            score.high(),
            score.near(),
            score.repetitions()),
        score.near() >= SURELY_FOUND_SHARE * score.repetitions(),
        Map.of("mean", score.mean(), "spread", score.spread()));
  }
}
