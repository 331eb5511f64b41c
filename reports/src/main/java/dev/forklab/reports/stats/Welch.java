package dev.forklab.reports.stats;

/// Differences of independent estimates whose variances differ: Welch, "The Generalization of
/// Student's Problem When Several Different Population Variances Are Involved", Biometrika 34
/// (1947).
public final class Welch {

  private Welch() {}

  /// The mean of `a` less that of `b`; without an error if either has fewer than two values.
  public static StudentEstimate difference(double[] a, double[] b) {
    return difference(mean(a), mean(b));
  }

  /// `a` less `b`; without an error if either has none.
  public static StudentEstimate difference(StudentEstimate a, StudentEstimate b) {
    double value = a.value() - b.value();
    int samples = Math.min(a.samples(), b.samples());
    if (!a.hasError() || !b.hasError()) {
      return new StudentEstimate(value, Double.NaN, Double.NaN, samples);
    }
    double one = a.standardError() * a.standardError();
    double other = b.standardError() * b.standardError();
    double variance = one + other;
    double squares = one * one / a.degreesOfFreedom() + other * other / b.degreesOfFreedom();
    double freedom =
        squares > 0
            ? variance * variance / squares
            : Math.min(a.degreesOfFreedom(), b.degreesOfFreedom());
    return new StudentEstimate(value, Math.sqrt(variance), freedom, samples);
  }

  private static StudentEstimate mean(double[] values) {
    double error = Math.sqrt(Moments.variance(values) / values.length);
    return new StudentEstimate(Moments.mean(values), error, values.length - 1.0, values.length);
  }
}
