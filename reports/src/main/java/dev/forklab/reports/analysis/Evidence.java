package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.FalseCoverage;
import dev.forklab.reports.stats.StudentEstimate;
import java.util.List;

/// What a verdict is read from, and the one rule by which it is read: of two models within a run,
/// and of two runs.
///
/// All of the interval within the margin of equivalence is sameness (this goes first: a certain
/// difference of 1% is of no consequence), all of it beyond 1 is a difference, anything else is
/// inconclusive. An interval wider than [Estimate#MOST_FACTOR], or none at all, allows no verdict,
/// even if it lies beyond 1.
///
/// @param log a log ratio with its plain error
/// @param floor the least half-width that its interval may have: the [NoiseFloor]
/// @param steady whether all that it is made of kept its speed while it was measured
public record Evidence(StudentEstimate log, double floor, boolean steady) {

  /// The share of verdicts that may be wrong.
  private static final double WRONG_VERDICTS = 0.05;

  /// The level at which to draw the intervals of one family, at least one member, so that at most
  /// 5% of its verdicts are expected to be wrong ([FalseCoverage]).
  public static double level(List<Evidence> family) {
    return FalseCoverage.level(
        WRONG_VERDICTS,
        family.size(),
        level -> (int) family.stream().filter(each -> each.verdict(level, true).decided()).count());
  }

  /// The ratio, with the interval that the verdict is read from.
  public Estimate ratio(double level) {
    return Estimates.of(log, halfWidth(level));
  }

  /// What may be said of it.
  ///
  /// @param moreIsBetter whether a ratio above 1 is good news
  public Verdict verdict(double level, boolean moreIsBetter) {
    return steady ? Verdict.of(log.value(), halfWidth(level), moreIsBetter) : Verdict.UNMEASURED;
  }

  private double halfWidth(double level) {
    return Math.max(floor, log.halfWidth(level));
  }
}
