package dev.forklab.bench.experiment;

import dev.forklab.reports.analysis.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// How tables of a comparison with Node are written for a terminal.
public final class ComparisonText {

  /// An interval further than a factor of 1.5 from its ratio, or none.
  private static final String TOO_WIDE = "not precise enough";

  private ComparisonText() {}

  /// A row: what it is about, then its cells.
  public static String row(String head, List<String> cells) {
    StringBuilder row = new StringBuilder(format("  %-28s", head));
    cells.forEach(cell -> row.append(format("%23s", cell)));
    return row.append('\n').toString();
  }

  /// A ratio with its interval, or that it is known too badly for one.
  public static String ratio(Estimate ratio, DoubleFunction<String> number) {
    return ratio.hasInterval() && !ratio.tooWide()
        ? format(
            "%s (%s-%s)",
            number.apply(ratio.value()), number.apply(ratio.low()), number.apply(ratio.high()))
        : TOO_WIDE;
  }

  /// Formats alike everywhere.
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library of Error Prone's own
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
