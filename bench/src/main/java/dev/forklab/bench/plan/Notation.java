package dev.forklab.bench.plan;

import dev.forklab.results.units.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes, times and shares as people type them, and back: `4KiB`, `1MiB`, `100us`, `8m`, `2%`.
public final class Notation {

  private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,12})\\s*([a-zA-Zµ]*)");

  private static final Pattern TIME =
      Pattern.compile("\\s*(\\d{1,12})(\\.\\d{1,6})?\\s*([a-zA-Zµ]*)");

  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*(%?)");

  private static final Pattern RATE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(?:/\\s*s)?");

  private Notation() {}

  /// Bytes from `64`, `64B`, `4KiB`, `1MiB`, `1GiB` or `1TiB` (`k`, `m`, `g`, `t` and `kb`, `mb`,
  /// `gb`, `tb` mean the same powers of 1024).
  ///
  /// @throws BadRequestException if it is none of these
  public static long bytes(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (parts.matches()) {
      long count = Long.parseLong(parts.group(1));
      long unit =
          switch (parts.group(2).toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1;
            case "k", "kb", "kib" -> 1L << 10;
            case "m", "mb", "mib" -> 1L << 20;
            case "g", "gb", "gib" -> 1L << 30;
            case "t", "tb", "tib" -> 1L << 40;
            default -> -1;
          };
      if (unit > 0 && count <= Long.MAX_VALUE / unit) {
        return count * unit;
      }
    }
    throw new BadRequestException("expected a size such as 64, 4KiB or 1MiB, found '" + text + "'");
  }

  /// A time from `100us`, `1.5ms`, `30s`, `8m`, `1h` or several of these, such as `7m25s`.
  ///
  /// @throws BadRequestException if it is none of these
  public static Duration time(String text) {
    String stripped = text.strip();
    Matcher parts = TIME.matcher(stripped);
    Duration sum = Duration.ZERO;
    while (parts.lookingAt()) {
      Duration unit = unit(parts.group(3), text);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(parts.group(1))));
      if (parts.group(2) != null) {
        BigDecimal rest = new BigDecimal("0" + parts.group(2));
        sum = sum.plusNanos(rest.multiply(BigDecimal.valueOf(unit.toNanos())).longValue());
      }
      if (parts.end() == stripped.length()) {
        return sum;
      }
      parts.region(parts.end(), stripped.length());
    }
    throw noTime(text);
  }

  private static Duration unit(String name, String text) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "us", "µs" -> Duration.ofNanos(1000);
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m", "min" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> throw noTime(text);
    };
  }

  private static BadRequestException noTime(String text) {
    return new BadRequestException(
        "expected a time such as 100us, 1ms, 30s or 7m25s, found '" + text + "'");
  }

  /// A share from `2%`, `0.5%` or `0.02`.
  ///
  /// @throws BadRequestException if it is none of these
  public static double share(String text) {
    Matcher parts = SHARE.matcher(text.strip());
    if (!parts.matches()) {
      throw new BadRequestException("expected a share such as 2% or 0.5%, found '" + text + "'");
    }
    double number = Double.parseDouble(parts.group(1));
    return parts.group(2).isEmpty() ? number : number / 100;
  }

  /// Tasks per second from `3000/s` or `3000`.
  ///
  /// @throws BadRequestException if it is none of these, or 0
  public static double rate(String text) {
    Matcher parts = RATE.matcher(text.strip());
    double number = parts.matches() ? Double.parseDouble(parts.group(1)) : 0;
    if (!(number > 0)) {
      throw new BadRequestException("expected a rate such as 3000/s, found '" + text + "'");
    }
    return number;
  }

  /// `2%` for 0.02.
  public static String ofShare(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  /// A task time of any length: `2 ms`, `1 h`.
  static String ofTask(Duration task) {
    return task.compareTo(Duration.ofMinutes(1)) < 0
        ? Quantity.exactTime(task.toNanos())
        : spoken(task);
  }

  /// `7 min 30 s`, `45 s`: a duration as a person says it.
  public static String spoken(Duration time) {
    long seconds = Math.max(0, time.plusMillis(500).toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds >= 3600) {
      long restMinutes = Math.round(seconds / 60.0) % 60;
      String hours = Math.round(seconds / 60.0) / 60 + " h";
      return restMinutes == 0 ? hours : hours + " " + restMinutes + " min";
    }
    String minutes = seconds / 60 + " min";
    return seconds % 60 == 0 ? minutes : minutes + " " + seconds % 60 + " s";
  }
}
