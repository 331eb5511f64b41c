package dev.forklab.reports.chart;

import dev.forklab.results.units.Quantity;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// What the numbers of an axis are, and so how they are written.
enum Unit {
  /// Tasks per second.
  RATE(Unit::plain, Quantity::rate),
  /// Nanoseconds.
  NANOS(Quantity::chosenTime, Quantity::time),
  /// Of memory.
  MEBIBYTES(Unit::plain, mebibytes -> Quantity.memory(mebibytes * (1 << 20))),
  /// 1 is all.
  SHARE(Quantity::percent, Quantity::ratio),
  /// 1 is equal.
  RATIO(ratio -> String.format(Locale.ROOT, "%.2f", ratio), Quantity::ratio),
  /// 1 is no change.
  CHANGE(Unit::change, Unit::change);

  @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
  private final DoubleFunction<String> tick;

  @SuppressWarnings("ImmutableEnumChecker") // As above.
  private final DoubleFunction<String> words;

  Unit(DoubleFunction<String> tick, DoubleFunction<String> words) {
    this.tick = tick;
    this.words = words;
  }

  /// Its name for the page's script.
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A round number as it stands at an axis.
  String tick(double value) {
    return tick.apply(value);
  }

  /// A number with its unit.
  String words(double value) {
    return words.apply(value);
  }

  /// The number and how far it may be off: "1,750/s ± 1.2%", "0.932 ± 0.012".
  String words(double value, double low, double high) {
    return switch (this) {
      case RATE, NANOS, MEBIBYTES -> Quantity.within(value, low, high, words);
      case SHARE, RATIO -> Quantity.ratio(value, low, high);
      case CHANGE -> words(value);
    };
  }

  /// "1,500", "0.25".
  private static String plain(double value) {
    return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }

  private static String change(double factor) {
    double percent = 100 * (factor - 1);
    String digits = Math.abs(percent) < 10 ? "%+.1f%%" : "%+.0f%%";
    return String.format(Locale.ROOT, digits, percent).replace(".0%", "%");
  }
}
