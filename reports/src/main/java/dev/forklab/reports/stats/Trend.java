package dev.forklab.reports.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// A steady change in a series of measurements.
///
/// @param slope the median of the slopes between all pairs of values, per step: Theil, "A
///   Rank-Invariant Method of Linear and Polynomial Regression Analysis" (1950); Sen, "Estimates of
///   the Regression Coefficient Based on Kendall's Tau", JASA 63 (1968)
/// @param probability of a rank correlation with time at least as strong if there is no trend
///   (two-sided, normal approximation): Mann, "Nonparametric Tests against Trend", Econometrica 13
///   (1945). It takes values to be independent; where neighbors resemble each other it is too
///   small, so judge the slope's size too
public record Trend(double slope, double probability) {

  /// The trend of `values`; none of fewer than three.
  public static Trend of(double[] values) {
    int n = values.length;
    if (n < 3) {
      return new Trend(0, 1);
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int next = 0;
    double score = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[next++] = (values[j] - values[i]) / (j - i);
        score += Math.signum(values[j] - values[i]);
      }
    }
    double deviation = Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    // Continuity: the score moves in steps of two.
    double z = Math.max(0, Math.abs(score) - 1) / deviation;
    double probability = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    return new Trend(Quantiles.median(slopes), Math.min(1, probability));
  }
}
