package dev.forklab.bench.selftest;

import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.stats.Quantiles;
import java.util.List;
import java.util.function.Predicate;

/// What the lab found between a model and itself.
///
/// @param pair which model
/// @param comparisons how many, over all repetitions and metrics
/// @param toldApart verdicts that call one of them faster
/// @param leftOut intervals that leave out 1, whatever the verdict
/// @param halfWidths of the throughput ratios, in percent, ascending
public record NullScore(
    String pair, int comparisons, int toldApart, int leftOut, List<Double> halfWidths) {

  public NullScore {
    halfWidths = halfWidths.stream().sorted().toList();
  }

  static NullScore of(String pair, List<Finding> findings) {
    return new NullScore(
        pair,
        findings.size(),
        count(findings, NullScore::isToldApart),
        count(findings, finding -> finding.ratio().low() > 1 || finding.ratio().high() < 1),
        findings.stream()
            .filter(finding -> finding.metric() == Metric.THROUGHPUT)
            .filter(finding -> finding.ratio().hasInterval())
            .map(finding -> 100 * finding.ratio().relativeHalfWidth())
            .toList());
  }

  /// Half of the throughput intervals are narrower than this, in percent.
  public double medianHalfWidth() {
    return Quantiles.median(halfWidths.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// The widest, in percent.
  public double widest() {
    return halfWidths.isEmpty() ? Double.NaN : halfWidths.getLast();
  }

  private static boolean isToldApart(Finding finding) {
    return finding.verdict() == Verdict.FASTER || finding.verdict() == Verdict.SLOWER;
  }

  private static int count(List<Finding> findings, Predicate<Finding> condition) {
    return (int) findings.stream().filter(condition).count();
  }
}
