package dev.forklab.reports.stats;

import java.util.Arrays;

/// How far the ratio of what two models did in all is from the interquartile mean of the same
/// rounds' ratios.
///
/// A midmean tells how the usual slice of one model compares with that of another. What only now
/// and then costs a slice (a collection of garbage, a worker that waits for a CPU) it leaves out,
/// and totals do not. Where one model has more of that than the other, the two differ by more than
/// noise. Both come from the same rounds, so the variance is that of the difference of their
/// influences, round by round (Huber and Ronchetti, "Robust Statistics", 2nd ed. 2009, section
/// 3.3).
///
/// **Example.** If a model as fast as another otherwise does nothing at all in every tenth of its
/// slices, its midmean is 1, its totals are 0.9, and the difference is log 0.9.
public final class TotalsLessMidmean {

  private TotalsLessMidmean() {}

  /// log(Σa / Σb) - log(Σc / Σd) less the midmean of `ratios`.
  ///
  /// @param a what one model did, round by round
  /// @param b in what time
  /// @param c what the other did
  /// @param d in what time
  /// @param ratios of the same rounds
  /// @return with a NaN variance of a lone round
  public static TrialMean of(double[] a, double[] b, double[] c, double[] d, Rounds ratios) {
    double totals = RatioOfSums.logDifference(a, b, c, d).value();
    int n = a.length;
    double[] usual = ratios.influences();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double of = n * (a[i] / sum(a) - b[i] / sum(b) - c[i] / sum(c) + d[i] / sum(d)) - usual[i];
      squares += of * of;
    }
    double variance = n < 2 ? Double.NaN : squares / (n * (n - 1.0));
    return new TrialMean(totals - ratios.midmean(), variance, n - 1.0);
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
