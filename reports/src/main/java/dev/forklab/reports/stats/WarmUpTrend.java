package dev.forklab.reports.stats;

import java.util.Arrays;
import java.util.List;

/// Whether the first part of a series differs from the rest, as it does before code is compiled.
public final class WarmUpTrend {

  private static final int LEAST_ROUNDS = 6;

  private WarmUpTrend() {}

  /// The first third of each series less its rest, averaged over `series`: trimmed means compared
  /// by Yuen's test (Biometrika 61, 1974), with the correlation of neighbors allowed for. NaN if no
  /// series has six values.
  public static StudentEstimate headLessRest(List<double[]> series) {
    List<double[]> used = series.stream().filter(values -> values.length >= LEAST_ROUNDS).toList();
    double inflation = Autocorrelation.varianceInflation(used);
    double sum = 0;
    double variance = 0;
    double squares = 0;
    for (double[] values : used) {
      int third = values.length / 3;
      TrimmedMean head = TrimmedMean.of(Arrays.copyOf(values, third));
      TrimmedMean rest = TrimmedMean.of(Arrays.copyOfRange(values, third, values.length));
      sum += head.value() - rest.value();
      for (TrimmedMean part : List.of(head, rest)) {
        double own = part.variance() * inflation;
        variance += own;
        squares += own * own / part.degreesOfFreedom();
      }
    }
    int n = used.size();
    double freedom = squares > 0 ? variance * variance / squares : 1;
    return new StudentEstimate(sum / n, Math.sqrt(variance) / n, freedom, n);
  }
}
