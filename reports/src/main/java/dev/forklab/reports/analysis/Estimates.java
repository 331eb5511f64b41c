package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Inference;
import dev.forklab.reports.stats.StudentEstimate;

/// From logarithms with errors to numbers with intervals.
public final class Estimates {

  /// The share of intervals that miss the truth.
  static final double ALPHA = Inference.ALPHA;

  private Estimates() {}

  /// The number behind a logarithm, with its 95% interval.
  public static Estimate of(StudentEstimate log) {
    return of(log, log.halfWidth(ALPHA));
  }

  static Estimate of(StudentEstimate log, double halfWidth) {
    double value = Math.exp(log.value());
    if (!Double.isFinite(halfWidth)) {
      return new Estimate(value, value, value, log.samples());
    }
    return new Estimate(
        value, Math.exp(log.value() - halfWidth), Math.exp(log.value() + halfWidth), log.samples());
  }

  /// Of a number that is not a logarithm.
  static Estimate plain(StudentEstimate estimate) {
    double value = estimate.value();
    double half = estimate.halfWidth(ALPHA);
    return Double.isFinite(half)
        ? new Estimate(value, value - half, value + half, estimate.samples())
        : new Estimate(value, value, value, estimate.samples());
  }

  static Estimate scaled(Estimate estimate, double factor) {
    return new Estimate(
        estimate.value() * factor,
        estimate.low() * factor,
        estimate.high() * factor,
        estimate.samples());
  }
}
