package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.decision.Candidate.Margin;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// The candidates of a decision side by side, in words short enough for a line of 80 columns: the
/// same table on a terminal and in a decision record.
public final class DecisionTable {

  /// Stands before a number that was not measured.
  public static final String NOT_MEASURED_SIGN = "~";

  /// What the signs of the table mean.
  public static final String LEGEND =
      "* chosen; margin: throughput of the chosen over this one, 95% interval";

  /// Added to [#LEGEND] where the table has such numbers.
  public static final String NOT_MEASURED_LEGEND =
      NOT_MEASURED_SIGN + " predicted or projected, not measured";

  private DecisionTable() {}

  public static List<String> columns(Decision decision) {
    return List.of(
        "model",
        "margin",
        "tasks/s",
        decision.question().percentile().id(),
        "memory",
        "start-up",
        "meets");
  }

  /// A row for each candidate, as long as [#columns].
  public static List<List<String>> rows(Decision decision) {
    return decision.candidates().stream().map(each -> row(decision, each)).toList();
  }

  /// Whether any of its numbers was not measured.
  public static boolean hasPredictions(Decision decision) {
    return decision.candidates().stream()
        .flatMap(each ->
            Stream.of(each.throughput(), each.latency(), each.memory(), each.startUp())
                .flatMap(Optional::stream))
        .anyMatch(evidence -> evidence.basis() != Basis.MEASURED);
  }

  private static List<String> row(Decision decision, Candidate each) {
    boolean chosen = decision.chosen().contains(each.model());
    return List.of(
        each.model().id() + (chosen ? " *" : ""),
        each.margin().map(DecisionTable::margin).orElse(Quantity.NOT_MEASURED),
        each.throughput().map(DecisionTable::rate).orElse(Quantity.NOT_MEASURED),
        number(each.latency(), Quantity::time),
        number(each.memory(), Quantity::memory),
        number(each.startUp(), Quantity::time),
        decision.question().requirements().isEmpty() ? Quantity.NOT_MEASURED : meets(each.meets()));
  }

  /// "1.16 (1.07-1.26)".
  private static String margin(Margin margin) {
    Estimate ratio = margin.ratio();
    if (margin.verdict() == Verdict.UNMEASURED) {
      return Quantity.NOT_MEASURED;
    }
    String form = ratio.high() < 10 ? "%.2f (%.2f-%.2f)" : "%.1f (%.1f-%.1f)";
    return sign(margin.basis())
        + String.format(Locale.ROOT, form, ratio.value(), ratio.low(), ratio.high());
  }

  /// "1,520 ±19%".
  private static String rate(Figure evidence) {
    Estimate tasks = evidence.estimate();
    return sign(evidence.basis())
        + Quantity.number(tasks.value())
        + (tasks.hasInterval()
            ? " ±" + Math.max(1, Math.round(100 * tasks.relativeHalfWidth())) + "%"
            : "");
  }

  private static String number(Optional<Figure> evidence, DoubleFunction<String> unit) {
    return evidence
        .map(found -> sign(found.basis()) + unit.apply(found.estimate().value()))
        .orElse(Quantity.NOT_MEASURED);
  }

  private static String sign(Basis basis) {
    return basis == Basis.MEASURED ? "" : NOT_MEASURED_SIGN;
  }

  private static String meets(Met met) {
    return switch (met) {
      case YES -> "yes";
      case NO -> "no";
      case UNSURE, UNKNOWN -> "?";
    };
  }
}
