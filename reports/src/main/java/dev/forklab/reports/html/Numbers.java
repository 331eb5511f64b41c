package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.units.Quantity;
import java.util.function.DoubleFunction;

/// Estimates as they stand in tables: the number, and half of its interval after a `±`.
final class Numbers {

  private Numbers() {}

  static String time(Estimate estimate) {
    return quantity(estimate, Quantity::time);
  }

  static String memory(Estimate estimate) {
    return quantity(estimate, Quantity::memory);
  }

  static String rate(Estimate estimate) {
    return quantity(estimate, Quantity::rate);
  }

  static String ratio(Estimate estimate) {
    if (estimate.tooWide()) {
      return Verdict.UNMEASURED_WORDS;
    }
    return estimate.known()
        ? Quantity.ratio(estimate.value(), estimate.low(), estimate.high())
        : Quantity.NOT_MEASURED;
  }

  private static String quantity(Estimate estimate, DoubleFunction<String> unit) {
    return estimate.known()
        ? Quantity.within(estimate.value(), estimate.low(), estimate.high(), unit)
        : Quantity.NOT_MEASURED;
  }
}
