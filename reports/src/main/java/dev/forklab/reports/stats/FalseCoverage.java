package dev.forklab.reports.stats;

import java.util.function.DoubleToIntFunction;

/// Keeps the share of wrong verdicts in check when a run makes many comparisons.
///
/// A hundred comparisons at 95% give five false verdicts by luck alone. Benjamini and Hochberg,
/// "Controlling the False Discovery Rate", JRSS B 57 (1995), find the largest number `R` of
/// verdicts of which at most a share `q` is expected to be false: those significant at level `R q /
/// m`. Benjamini and Yekutieli, "False Discovery Rate-Adjusted Multiple Confidence Intervals for
/// Selected Parameters", JASA 100 (2005), show that intervals of that same level miss the truth in
/// at most a share `q` of the selected. So all intervals are shown at this one level, a verdict is
/// read from its interval, and both agree: an interval excludes 1 exactly if its comparison is a
/// discovery. The more clear results a run has, the nearer the level is to `q` itself.
public final class FalseCoverage {

  private FalseCoverage() {}

  /// The level, between `q / m` and `q`, at which to draw all intervals.
  ///
  /// @param q the share of wrong verdicts allowed, such as 0.05
  /// @param m how many comparisons there are, at least 1
  /// @param verdicts how many comparisons have a verdict when intervals are drawn at a given level;
  ///   must not fall as the level rises
  public static double level(double q, int m, DoubleToIntFunction verdicts) {
    for (int r = m; r > 1; r--) {
      double level = r * q / m;
      if (verdicts.applyAsInt(level) >= r) {
        return level;
      }
    }
    return q / m;
  }
}
