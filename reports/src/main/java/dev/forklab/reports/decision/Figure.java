package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;

/// A number, its interval, and what it rests on.
public record Figure(Estimate estimate, Basis basis) {

  /// A price that is lower by less than this factor is not worth choosing by.
  private static final double WORTH_CHOOSING = 1.1;

  /// Whether this is a higher price than another: certainly, and by enough to choose by.
  public boolean dearerThan(Figure other) {
    return estimate.low() > other.estimate.high()
        && estimate.value() >= other.estimate.value() * WORTH_CHOOSING;
  }
}
