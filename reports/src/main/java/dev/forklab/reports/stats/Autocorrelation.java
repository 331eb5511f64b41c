package dev.forklab.reports.stats;

import java.util.List;

/// How much neighbors in a series resemble each other, and what that costs.
///
/// When a slow moment outlasts a round, the rounds after it are slow too: `n` of them say less than
/// `n` independent ones would. For a series whose correlation falls off by a factor `r` with each
/// step (first-order autoregression), the variance of a mean is larger by (1 + r) / (1 - r): Bayley
/// and Hammersley, "The 'Effective' Number of Independent Observations in an Autocorrelated Time
/// Series", Supplement to JRSS 8 (1946).
public final class Autocorrelation {

  /// Beyond this the series is one long drift, and the correction means little; the spread between
  /// trials carries the interval then.
  private static final double MOST = 0.8;

  private Autocorrelation() {}

  /// The factor, at least 1, by which the correlation of neighbors enlarges the variance of the
  /// mean of any one of `series`.
  ///
  /// One series of fifteen rounds tells its correlation to ±0.5 only, so it is taken to be the same
  /// in all of them. Values are Winsorized first, since one outlier hides all correlation.
  public static double varianceInflation(List<double[]> series) {
    double correlation = Math.clamp(pooledLagOne(series), 0, MOST);
    return (1 + correlation) / (1 - correlation);
  }

  /// The lag-one correlation pooled over `series`, each about its own mean; corrected for the bias
  /// of short series, -(1 + 3r) / n: Marriott and Pope, "Bias in the Estimation of
  /// Autocorrelations", Biometrika 41 (1954). 0 if no series has three values.
  static double pooledLagOne(List<double[]> series) {
    double products = 0;
    double squares = 0;
    int count = 0;
    int used = 0;
    for (double[] raw : series) {
      if (raw.length < 3) {
        continue;
      }
      double[] values = TrimmedMean.winsorize(raw, TrimmedMean.SHARE);
      double mean = Moments.mean(values);
      for (int i = 0; i < values.length; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
        if (i > 0) {
          products += (values[i] - mean) * (values[i - 1] - mean);
        }
      }
      count += values.length;
      used++;
    }
    if (squares == 0) {
      return 0;
    }
    double raw = products / squares;
    double length = (double) count / used;
    return raw + (1 + 3 * raw) / length;
  }
}
