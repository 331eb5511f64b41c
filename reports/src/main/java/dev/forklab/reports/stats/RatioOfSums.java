package dev.forklab.reports.stats;

import java.util.Arrays;

/// The logarithm of a ratio of totals, with its variance by the jackknife.
///
/// CPU time is counted by some systems in ticks of 10 ms: the time of one slice is then a few
/// ticks, or none, and the logarithm of it is biased or missing, but totals are not. The variance
/// comes from leaving out one round at a time: Efron, "The Jackknife, the Bootstrap and Other
/// Resampling Plans", SIAM 1982.
public final class RatioOfSums {

  private RatioOfSums() {}

  /// log(Σa / Σb) - log(Σc / Σd), of arrays of one length: one entry a round. NaN of sums that are
  /// not positive.
  public static TrialMean logDifference(double[] a, double[] b, double[] c, double[] d) {
    double[] sums = {sum(a), sum(b), sum(c), sum(d)};
    double value = Math.log(sums[0] / sums[1] * sums[3] / sums[2]);
    int n = a.length;
    if (n < 2) {
      return new TrialMean(value, Double.NaN, Double.NaN);
    }
    double[] without = new double[n];
    for (int i = 0; i < n; i++) {
      double left = (sums[0] - a[i]) / (sums[1] - b[i]);
      double right = (sums[2] - c[i]) / (sums[3] - d[i]);
      without[i] = Math.log(left / right);
    }
    double variance = Moments.variance(without) * (n - 1.0) * (n - 1.0) / n;
    return new TrialMean(value, variance, n - 1.0);
  }

  /// log(Σa / Σb).
  public static TrialMean log(double[] a, double[] b) {
    double[] ones = new double[a.length];
    Arrays.fill(ones, 1);
    return logDifference(a, b, ones, ones);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
