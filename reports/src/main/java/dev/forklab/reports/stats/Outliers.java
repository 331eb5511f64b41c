package dev.forklab.reports.stats;

import java.util.Arrays;

/// Values far from the rest: flagged, never dropped.
public final class Outliers {

  /// How many interquartile ranges beyond the quartiles the outer fences stand.
  private static final double OUTER = 3;

  private Outliers() {}

  /// How many of `values` lie beyond Tukey's outer fences, three interquartile ranges beyond the
  /// quartiles: "far out" in Tukey, "Exploratory Data Analysis", 1977, section 2D. Of normal
  /// values, two in a million do.
  public static int count(double[] values) {
    double low = Quantiles.quantile(values, 0.25);
    double high = Quantiles.quantile(values, 0.75);
    double reach = OUTER * (high - low);
    return (int)
        Arrays.stream(values).filter(value -> value < low - reach || value > high + reach).count();
  }
}
