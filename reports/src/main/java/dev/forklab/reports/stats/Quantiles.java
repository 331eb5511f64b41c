package dev.forklab.reports.stats;

import java.util.Arrays;

/// Order statistics of a sample.
public final class Quantiles {

  /// Makes the median absolute deviation of normal values estimate their standard deviation: 1 /
  /// Φ⁻¹(3/4).
  private static final double NORMAL_CONSISTENCY = 1.482602218505602;

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

  /// The median absolute deviation from the median, scaled to estimate the standard deviation of
  /// normal values: Hampel, "The Influence Curve and Its Role in Robust Estimation", JASA 69
  /// (1974).
  public static double medianAbsoluteDeviation(double[] values) {
    double middle = median(values);
    double[] distances = Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray();
    return NORMAL_CONSISTENCY * median(distances);
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
