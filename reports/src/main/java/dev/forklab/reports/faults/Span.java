package dev.forklab.reports.faults;

import dev.forklab.reports.stats.Quantiles;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/// The lowest, the middle and the highest of what some trials found. With a few trials that says
/// more than an interval, which would rest on an assumption.
///
/// @param count how many trials; 0 where there are none, and then the numbers mean nothing
public record Span(double low, double middle, double high, int count) {

  static Span of(double... values) {
    if (values.length == 0) {
      return new Span(0, 0, 0, 0);
    }
    return new Span(
        Arrays.stream(values).min().orElseThrow(),
        Quantiles.median(values),
        Arrays.stream(values).max().orElseThrow(),
        values.length);
  }

  /// "12", or "12 (10 to 15)" where trials differ.
  public String words(DoubleFunction<String> unit) {
    String one = unit.apply(middle);
    String least = unit.apply(low);
    String most = unit.apply(high);
    return least.equals(most) ? one : one + " (" + least + " to " + most + ")";
  }
}
