package dev.forklab.reports.stats;

import java.util.Arrays;

/// Order statistics of a sample.
public final class Quantiles {

  private Quantiles() {}

  /// The quantile of `values` at `share` (0 to 1), by linear interpolation between order
  /// statistics: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The
  /// American Statistician 50 (1996). NaN of no values.
  public static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, share);
  }

  /// The middle of `values`; NaN of no values.
  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  static double ofSorted(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
