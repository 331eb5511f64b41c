package dev.forklab.bench.selftest;

import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.stats.Moments;
import dev.forklab.reports.stats.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// How one injected effect was found in one metric, over all repetitions. Effects are how much
/// slower the injected model is, in percent; for latency and CPU time, how much more it takes.
///
/// @param percent the truth
/// @param repetitions how many estimates there are
/// @param found estimates whose interval leaves out 0, on the right side
/// @param wrongSide estimates whose interval leaves out 0, on the wrong side
/// @param told verdicts that call the injected model the slower one
/// @param same verdicts that call both the same: right if the truth is below 3%
/// @param covered intervals that hold the truth
/// @param mean of the estimates
/// @param spread standard deviation of the estimates, in points
/// @param low the least estimate
/// @param high the largest estimate
/// @param halfWidth the median half-width of the intervals, in points
public record InjectedScore(
    Metric metric,
    int percent,
    int repetitions,
    int found,
    int wrongSide,
    int told,
    int same,
    int covered,
    double mean,
    double spread,
    double low,
    double high,
    double halfWidth) {

  /// An interval of an effect, in percent.
  private record Effect(double value, double low, double high) {

    static Effect of(Finding finding) {
      var ratio = finding.ratio();
      return finding.metric() == Metric.THROUGHPUT
          ? new Effect(percent(ratio.value()), percent(ratio.low()), percent(ratio.high()))
          : new Effect(
              percent(1 / ratio.value()), percent(1 / ratio.high()), percent(1 / ratio.low()));
    }

    private static double percent(double ratio) {
      return 100 * (ratio - 1);
    }
  }

  /// The score of findings of `threads` against one injected model in one metric.
  static InjectedScore of(Metric metric, int percent, List<Finding> findings) {
    List<Effect> effects = findings.stream().map(Effect::of).toList();
    double[] values = effects.stream().mapToDouble(Effect::value).toArray();
    return new InjectedScore(
        metric,
        percent,
        values.length,
        count(effects, effect -> effect.low > 0),
        count(effects, effect -> effect.high < 0),
        verdicts(findings, Verdict.FASTER),
        verdicts(findings, Verdict.SAME),
        count(effects, effect -> effect.low <= percent && percent <= effect.high),
        Arrays.stream(values).average().orElse(Double.NaN),
        Math.sqrt(Moments.variance(values)),
        Arrays.stream(values).min().orElse(Double.NaN),
        Arrays.stream(values).max().orElse(Double.NaN),
        Quantiles.median(
            effects.stream().mapToDouble(effect -> (effect.high - effect.low) / 2).toArray()));
  }

  /// Of the mean; the half-width of a lone estimate says the same.
  double standardError() {
    return repetitions > 1 ? spread / Math.sqrt(repetitions) : halfWidth;
  }

  private static int count(List<Effect> effects, Predicate<Effect> condition) {
    return (int) effects.stream().filter(condition).count();
  }

  private static int verdicts(List<Finding> findings, Verdict verdict) {
    return (int) findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
