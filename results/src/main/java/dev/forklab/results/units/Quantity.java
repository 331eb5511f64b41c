package dev.forklab.results.units;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// Numbers in words: three significant digits, a unit, and the interval after a `±`.
///
/// A quantity with a unit has its interval in percent (`1.08 ms ± 0.9%`), a ratio in its own terms
/// (`0.932 ± 0.012`). The `±` is half of the interval's width; where the interval is lopsided, its
/// two ends are given instead. Output does not depend on the locale of the machine.
public final class Quantity {

  /// What stands where nothing was measured.
  public static final String NOT_MEASURED = "–";

  private static final String UNBOUNDED = " (unbounded)";

  /// The base of an interval may be off its number by this share of its width: about what an
  /// interval of ±20% has that is even on a logarithmic scale.
  private static final double LOPSIDED = 0.1;

  private static final double KIBI = 1024;
  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final String[] TIME_UNITS = {"ns", "µs", "ms", "s"};
  private static final int MICROSECONDS = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Quantity() {}

  /// A duration that was counted in whole nanoseconds.
  public static String time(long nanos) {
    return time((double) nanos);
  }

  /// A duration: `1.08 ms`.
  public static String time(double nanos) {
    TimeScale scale = timeScale(nanos);
    return number(nanos / scale.nanos()) + " " + scale.unit();
  }

  /// The unit in which [#time] writes a duration; a column of durations has that of its least.
  public static TimeScale timeScale(double nanos) {
    int unit = 0;
    double size = 1;
    while (unit < TIME_UNITS.length - 1 && nanos / size >= 999.5) {
      size *= 1000;
      unit++;
    }
    return new TimeScale(TIME_UNITS[unit], size);
  }

  /// A unit of time.
  ///
  /// @param nanos how long it is
  public record TimeScale(String unit, double nanos) {}

  /// An amount of memory that was counted in whole bytes.
  public static String memory(long bytes) {
    return memory((double) bytes);
  }

  /// An amount of memory: `245 MiB`.
  public static String memory(double bytes) {
    int unit = 0;
    double value = bytes;
    while (unit < BYTE_UNITS.length - 1 && value >= 999.5) {
      value /= KIBI;
      unit++;
    }
    return number(value) + " " + BYTE_UNITS[unit];
  }

  /// A size somebody chose, exactly: `64 KiB`, `1000 B`.
  public static String size(long bytes) {
    int unit = 0;
    long value = bytes;
    while (unit < BYTE_UNITS.length - 1 && value >= 1024 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + " " + BYTE_UNITS[unit];
  }

  /// A time somebody chose, exactly where three digits suffice: `1 ms`, `250 µs`.
  public static String chosenTime(long nanos) {
    return chosenTime((double) nanos);
  }

  /// A time somebody chose, exactly where three digits suffice: `1 ms`, `250 µs`.
  public static String chosenTime(double nanos) {
    String text = time(nanos);
    int space = text.indexOf(' ');
    BigDecimal value = new BigDecimal(text.substring(0, space).replace(",", ""));
    return value.stripTrailingZeros().toPlainString() + text.substring(space);
  }

  /// A time that somebody typed, exactly, in the largest unit that has no decimals: `1 ms`, `1500
  /// µs`. Of less than a microsecond the decimals are shown.
  public static String exactTime(long nanos) {
    int unit = TIME_UNITS.length - 1;
    long size = NANOS_PER_SECOND;
    while (unit > MICROSECONDS && (nanos < size || nanos % size != 0)) {
      unit--;
      size /= 1000;
    }
    return BigDecimal.valueOf(nanos)
            .divide(BigDecimal.valueOf(size))
            .stripTrailingZeros()
            .toPlainString()
        + " "
        + TIME_UNITS[unit];
  }

  /// A time beside one that somebody chose, in the unit of that: `0.97 ms` beside `1 ms`.
  public static String timeBeside(double nanos, long chosenNanos) {
    TimeScale scale = timeScale((double) chosenNanos);
    return new BigDecimal(number(nanos / scale.nanos()).replace(",", ""))
            .stripTrailingZeros()
            .toPlainString()
        + " "
        + scale.unit();
  }

  /// Tasks per second: `1,840/s`.
  public static String rate(double perSecond) {
    return number(perSecond) + "/s";
  }

  /// A ratio: `0.932`.
  public static String ratio(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : NOT_MEASURED;
  }

  /// A share as whole percent: `93%`.
  public static String percent(double share) {
    return Math.round(share * 100) + "%";
  }

  /// A count: `1,234`.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// A number without a unit, three significant digits: `1,840`, `12.3`, `0.0461`.
  public static String number(double value) {
    return significant(value, 3);
  }

  /// A ratio and its interval: `0.932 ± 0.012`, or `0.040 (0.012 to 0.117)` where the interval is
  /// lopsided, so that a `±` would not say where it ends.
  public static String ratio(double value, double low, double high) {
    if (!(high > low)) {
      return ratio(value);
    }
    if (!Double.isFinite(high - low)) {
      return ratio(value) + UNBOUNDED;
    }
    return lopsided(value, low, high)
        ? range(ratio(value), ratio(low), ratio(high))
        : ratio(value) + " ± " + ratio((high - low) / 2);
  }

  /// A quantity and its interval: `1.08 ms ± 0.9%`, or `22.8 ms (9.31 ms to 56.0 ms)` where the
  /// interval is lopsided.
  ///
  /// @param unit one of this class's ways to write a number
  public static String within(double value, double low, double high, DoubleFunction<String> unit) {
    if (!(high > low)) {
      return unit.apply(value);
    }
    if (!Double.isFinite(high - low)) {
      return unit.apply(value) + UNBOUNDED;
    }
    return lopsided(value, low, high)
        ? range(unit.apply(value), unit.apply(low), unit.apply(high))
        : within(unit.apply(value), (high - low) / 2 / Math.abs(value));
  }

  /// A quantity already written and a spread as a share of it: `1.08 ms ± 0.9%`.
  public static String within(String quantity, double share) {
    return quantity + (share > 0 ? " ± " + significant(100 * share, 2) + "%" : "");
  }

  private static boolean lopsided(double value, double low, double high) {
    return Math.abs(high + low - 2 * value) > LOPSIDED * (high - low);
  }

  private static String range(String value, String low, String high) {
    return value + " (" + low + " to " + high + ")";
  }

  private static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return NOT_MEASURED;
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int decimals = Math.max(0, digits - rounded.precision() + rounded.scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }
}
