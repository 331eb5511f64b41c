package dev.forklab.reports.stats;

/// A straight line through points by least squares (Legendre 1805; the error of its slope as in any
/// textbook, such as Draper and Smith, "Applied Regression Analysis", 3rd ed. 1998, section 1.4).
public final class Line {

  private Line() {}

  /// The slope of `y` over `x`, two arrays of one length. NaN unless `x` has two distinct values;
  /// without an error of fewer than three points.
  public static StudentEstimate slope(double[] x, double[] y) {
    int n = x.length;
    double meanX = Moments.mean(x);
    double meanY = Moments.mean(y);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < n; i++) {
      squares += (x[i] - meanX) * (x[i] - meanX);
      products += (x[i] - meanX) * (y[i] - meanY);
    }
    if (squares == 0) {
      return new StudentEstimate(Double.NaN, Double.NaN, Double.NaN, n);
    }
    double slope = products / squares;
    if (n < 3) {
      return new StudentEstimate(slope, Double.NaN, Double.NaN, n);
    }
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double off = y[i] - meanY - slope * (x[i] - meanX);
      rest += off * off;
    }
    double error = Math.sqrt(rest / (n - 2) / squares);
    return new StudentEstimate(slope, error, n - 2.0, n);
  }
}
