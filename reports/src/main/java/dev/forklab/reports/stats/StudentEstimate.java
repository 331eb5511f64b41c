package dev.forklab.reports.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/// An estimate whose error follows Student's t distribution.
///
/// @param value the estimate
/// @param standardError its standard error; NaN if nothing is known of it
/// @param degreesOfFreedom of the standard error; more than 0 where there is one
/// @param samples how many independent measurements (trials) it rests on
public record StudentEstimate(
    double value, double standardError, double degreesOfFreedom, int samples) {

  /// Whether an interval can be given.
  public boolean hasError() {
    return standardError >= 0 && degreesOfFreedom > 0;
  }

  /// Half the width of the interval that misses the truth with probability `alpha`; infinite if
  /// there is no error to go by.
  public double halfWidth(double alpha) {
    if (!hasError()) {
      return Double.POSITIVE_INFINITY;
    }
    return standardError * TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha / 2);
  }

  /// The probability, were the truth zero, of an estimate at least this far from it (two-sided).
  public double differenceProbability() {
    return hasError() ? 2 * tail(Math.abs(value)) : 1;
  }

  private double tail(double distance) {
    if (standardError == 0) {
      return distance > 0 ? 0 : distance < 0 ? 1 : 0.5;
    }
    return TDistribution.of(degreesOfFreedom).survivalProbability(distance / standardError);
  }
}
