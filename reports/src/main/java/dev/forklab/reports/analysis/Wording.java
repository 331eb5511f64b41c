package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Shares, factors and cells in words; quantities with units are [Quantity]'s.
public final class Wording {

  /// The interval of a ratio is symmetric in its logarithm; beyond this half-width one number
  /// misleads.
  private static final double MOST_SYMMETRIC = 0.2;

  private Wording() {}

  /// "4 workers on 2 CPUs, 4 KiB messages, 1 ms tasks".
  static String cell(Cell cell, TaskTimes taskTimes) {
    String workers = count(cell.workers(), "worker");
    String where = cell.oversubscribed() ? " on " + count(cell.cpus(), "CPU") : "";
    return workers
        + where
        + ", "
        + Quantity.size(cell.messageBytes())
        + " messages, "
        + taskTimes.brief(List.of(cell), " tasks");
  }

  /// "1 worker", "2 workers".
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// "3%", "1.4%", "0.25%".
  public static String percent(double share) {
    double percent = Math.abs(share) * 100;
    if (percent >= 9.95) {
      return String.format(Locale.ROOT, "%.0f%%", percent);
    }
    return trimmed(String.format(Locale.ROOT, percent >= 0.995 ? "%.1f" : "%.2f", percent)) + "%";
  }

  /// Two digits before a factor is large: "1.2", "7.5", "40", "120".
  static String factor(double factor) {
    return trimmed(String.format(Locale.ROOT, factor < 9.95 ? "%.1f" : "%.0f", rounded(factor)));
  }

  /// "7.5 times".
  public static String times(double factor) {
    return factor(factor) + " times";
  }

  /// A ratio near 1, to as many digits as its interval supports, at least two: "0.93", "0.998".
  static String ratio(Estimate ratio) {
    double half = (ratio.high() - ratio.low()) / 2;
    return String.format(Locale.ROOT, half > 0 && half < 0.002 ? "%.3f" : "%.2f", ratio.value());
  }

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /// "±1.4%"; both ends of an interval too wide for that: "0.51 to 0.90".
  static String error(Estimate ratio) {
    double half = ratio.relativeHalfWidth();
    return half > MOST_SYMMETRIC
        ? ratio(ratio.low()) + " to " + ratio(ratio.high())
        : "±" + percent(half);
  }

  /// "a", "a and b", "a, b and c".
  public static String list(List<String> items) {
    int last = items.size() - 1;
    if (last < 1) {
      return String.join("", items);
    }
    return String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /// "platform or virtual threads", "forked processes (JSON or bytes)".
  public static String either(List<Model> models) {
    List<String> labels = models.stream().sorted().map(Model::label).toList();
    String first = labels.getFirst();
    String noun = first.substring(first.lastIndexOf(' '));
    String stem = first.substring(0, first.indexOf('(') + 1);
    if (labels.stream().allMatch(label -> label.endsWith(noun))) {
      return joined(labels, "", noun);
    }
    if (!stem.isEmpty() && labels.stream().allMatch(label -> label.startsWith(stem))) {
      return joined(labels, stem, ")");
    }
    return String.join(" or ", labels);
  }

  /// What they have in common once, around what tells them apart.
  private static String joined(List<String> labels, String start, String end) {
    return labels.stream()
        .map(label -> label.substring(start.length(), label.length() - end.length()))
        .collect(Collectors.joining(" or ", start, end));
  }

  /// Words as a line or a sentence begins with them.
  public static String capital(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// A clause with a capital and a full stop.
  public static String sentence(String clause) {
    return capital(clause) + ".";
  }

  private static double rounded(double factor) {
    if (factor < 100) {
      return factor;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(factor)) - 1);
    return Math.round(factor / unit) * unit;
  }

  private static String trimmed(String number) {
    return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
  }
}
