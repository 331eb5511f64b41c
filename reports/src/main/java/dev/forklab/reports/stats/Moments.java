package dev.forklab.reports.stats;

import java.util.Arrays;

/// Mean and variance.
public final class Moments {

  private Moments() {}

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /// The unbiased sample variance; NaN of fewer than two values.
  public static double variance(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
