package dev.forklab.bench.selftest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One thing that is known beforehand, and what the lab found of it.
///
/// @param step the part of the selftest it belongs to
/// @param claim what should hold
/// @param expected what was expected, with its tolerance, for reading
/// @param found what was found, for reading
/// @param numbers the numbers behind `found`, by name
public record Check(
    Step step,
    String claim,
    String expected,
    String found,
    Outcome outcome,
    Map<String, Double> numbers) {

  /// What became of a check.
  public enum Outcome {
    HELD("ok"),
    FELL_SHORT("FALLS SHORT"),
    /// This system does not give what the check needs.
    NOT_MEASURED("not measured");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /// In words.
    public String label() {
      return label;
    }
  }

  public Check {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  static Check of(
      Step step,
      String claim,
      String expected,
      String found,
      boolean held,
      Map<String, Double> numbers) {
    return new Check(
        step, claim, expected, found, held ? Outcome.HELD : Outcome.FELL_SHORT, numbers);
  }

  /// A check whose measurement failed: it fell short, since nothing vouches for it.
  static Check failed(Step step, String claim, String expected, String why) {
    return new Check(step, claim, expected, why, Outcome.FELL_SHORT, Map.of());
  }

  static Check notMeasured(Step step, String claim, String expected, String why) {
    return new Check(step, claim, expected, why, Outcome.NOT_MEASURED, Map.of());
  }
}
