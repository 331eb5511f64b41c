package dev.forklab.reports.stats;

import java.util.Arrays;

/// A trimmed mean with the Winsorized estimate of its variance.
///
/// Timing noise is heavy-tailed: a few slices that something interrupted decide a plain mean. The
/// trimmed mean leaves out the same share of values at both ends; its variance comes from the
/// Winsorized values, those in which each value left out is replaced by the nearest one kept. Tukey
/// and McLaughlin, "Less Vulnerable Confidence and Significance Procedures for Location", Sankhyā A
/// 25 (1963); Yuen, "The Two-Sample Trimmed t for Unequal Population Variances", Biometrika 61
/// (1974).
///
/// @param value the mean of the values kept
/// @param variance of that mean for independent values; NaN if fewer than two are kept
/// @param degreesOfFreedom values kept less one
/// @param count how many values there were before trimming
public record TrimmedMean(double value, double variance, double degreesOfFreedom, int count) {

  /// The share left out at each end that the lab uses: enough to withstand 20% of disturbed rounds,
  /// while it loses little to the plain mean when none is (Wilcox, "Introduction to Robust
  /// Estimation and Hypothesis Testing", 5th ed. 2021, section 3.3).
  public static final double SHARE = 0.2;

  /// The mean of `values` less a share of [#SHARE] at each end, rounded down to whole values. Of no
  /// values, everything is NaN but the count.
  public static TrimmedMean of(double[] values) {
    return of(values, SHARE);
  }

  static TrimmedMean of(double[] values, double share) {
    int n = values.length;
    if (n == 0) {
      return new TrimmedMean(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = (int) Math.floor(share * n);
    int kept = n - 2 * cut;
    double mean = Arrays.stream(sorted, cut, n - cut).average().orElseThrow();
    Arrays.fill(sorted, 0, cut, sorted[cut]);
    Arrays.fill(sorted, n - cut, n, sorted[n - cut - 1]);
    double winsorized = kept < 2 ? Double.NaN : Moments.variance(sorted);
    // Yuen's form: the Winsorized sum of squares over h (h - 1).
    double variance = winsorized * (n - 1) / (kept * (kept - 1.0));
    return new TrimmedMean(mean, variance, kept - 1.0, n);
  }

  /// `values` in their own order, each one that trimming leaves out replaced by the nearest one
  /// kept.
  static double[] winsorize(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = (int) Math.floor(share * values.length);
    if (cut == 0) {
      return values.clone();
    }
    double low = sorted[cut];
    double high = sorted[values.length - cut - 1];
    return Arrays.stream(values).map(value -> Math.clamp(value, low, high)).toArray();
  }
}
