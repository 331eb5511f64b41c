package dev.forklab.reports.compare;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.analysis.RunNumbers.Subject;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Changes in words: the same on the terminal, in Markdown and in the picture.
public final class ChangeWords {

  /// How many changes the answer names.
  private static final int MOST_NAMED = 3;

  private ChangeWords() {}

  /// "3 of 41 comparisons changed: fork at 1 MiB 12% slower (8 to 16%); …".
  public static String answer(Changes changes) {
    int all = changes.changes().size();
    if (all == 0) {
      return "Nothing can be compared: no number of one model in one cell was measured in both"
          + " runs.";
    }
    List<Change> changed = changes.changed();
    String sentence =
        "%s of %s changed"
            .formatted(Quantity.count(changed.size()), Wording.count(all, "comparison"));
    if (changed.isEmpty()) {
      return sentence + " (" + rest(changes) + ").";
    }
    List<String> named = new ArrayList<>();
    changed.stream().limit(MOST_NAMED).forEach(each -> named.add(said(changes, each)));
    if (changed.size() > MOST_NAMED) {
      named.add(Quantity.count(changed.size() - MOST_NAMED) + " more");
    }
    return sentence + ": " + String.join("; ", named) + ".";
  }

  /// What became of those that did not change: "30 same, 8 inconclusive, 1 not measured well
  /// enough".
  public static String rest(Changes changes) {
    return String.join(
        ", ",
        Stream.of(Verdict.SAME, Verdict.INCONCLUSIVE, Verdict.UNMEASURED)
            .filter(verdict -> changes.count(verdict) > 0)
            .map(verdict -> Quantity.count(changes.count(verdict)) + " " + verdict.words())
            .toList());
  }

  /// "fork at 1 MiB 12% slower (8 to 16%)", "fork with 8 workers: memory 5% higher (3 to 7%)".
  private static String said(Changes changes, Change change) {
    Estimate factor = change.factor();
    boolean less = factor.value() < 1;
    String low = Wording.percent((less ? factor.high() : factor.low()) - 1);
    String high = Wording.percent((less ? factor.low() : factor.high()) - 1);
    return "%s %s %s (%s to %s)"
        .formatted(
            label(changes, change),
            Wording.percent(factor.value() - 1),
            direction(change.subject().aspect(), less),
            low.replace("%", ""),
            high);
  }

  /// What changed and where, as far as it is not at the base configuration: "fork at 1 MiB", "fork
  /// with 8 workers: memory".
  public static String label(Changes changes, Change change) {
    Subject subject = change.subject();
    Optional<Cell> base =
        new Grid(changes.changes().stream().map(each -> each.subject().cell()).toList()).base();
    return subject.model().id()
        + where(subject.cell(), base)
        + (subject.aspect() == Aspect.THROUGHPUT ? "" : ": " + subject.aspect().label());
  }

  private static String direction(Aspect aspect, boolean less) {
    if (aspect == Aspect.THROUGHPUT) {
      return less ? "slower" : "faster";
    }
    return less ? "lower" : "higher";
  }

  /// In what a cell differs from the base configuration; of that itself, its workers.
  private static String where(Cell cell, Optional<Cell> base) {
    StringBuilder words = new StringBuilder();
    if (differs(cell, base, other -> other.messageBytes() == cell.messageBytes())) {
      words.append(" at ").append(Quantity.size(cell.messageBytes()));
    }
    if (differs(cell, base, other -> other.taskNanos() == cell.taskNanos())) {
      words.append(" in ").append(Quantity.chosenTime(cell.taskNanos())).append(" tasks");
    }
    if (words.isEmpty() || differs(cell, base, other -> other.workers() == cell.workers())) {
      words.append(" with ").append(Wording.count(cell.workers(), "worker"));
    }
    return words.toString();
  }

  private static boolean differs(Cell cell, Optional<Cell> base, Predicate<Cell> same) {
    return base.filter(same.or(cell::equals)).isEmpty();
  }

  /// What the change of a ratio is, and what one may trust.
  public static String method(Changes changes) {
    List<String> ratios =
        RunNumbers.REFERENCES.stream()
            .filter(against -> !to(changes, against).isEmpty())
            .map(against -> Wording.list(to(changes, against)) + " to " + against.id())
            .toList();
    return (ratios.isEmpty()
            ? ""
            : ("Changes are those of ratios, paired within each run, so that the machine's speed cancels: of"
                    + " %s. Nothing is paired between runs. ")
                .formatted(String.join(", ", ratios)))
        + "Memory and start-up are absolute. Intervals are 95%, beyond the noise floors of both"
        + " runs, and widened for the number of comparisons."
        + (changes.changes().stream().anyMatch(change -> change.absolute().isPresent())
            ? " Where the absolute change disagrees, trust the ratio: a machine's speed differs from"
                + " day to day."
            : "");
  }

  /// The models whose ratios to `against` were compared.
  private static List<String> to(Changes changes, Model against) {
    return changes.changes().stream()
        .map(Change::subject)
        .filter(subject -> subject.against().filter(against::equals).isPresent())
        .map(subject -> subject.model().id())
        .distinct()
        .toList();
  }

  /// "-12% (-16 to -8.2%)"; of a number that is not measured well enough, nothing.
  public static String interval(Change change) {
    return change.verdict() == Verdict.UNMEASURED || !change.factor().hasInterval()
        ? Quantity.NOT_MEASURED
        : interval(change.factor());
  }

  /// "-12% (-16 to -8.2%)".
  public static String interval(Estimate factor) {
    return signed(factor.value())
        + " ("
        + signed(factor.low()).replace("%", "")
        + " to "
        + signed(factor.high())
        + ")";
  }

  /// The absolute change beside that of a ratio: "-11% ±3.2%"; empty if there is none.
  public static String absolute(Change change) {
    return change
        .absolute()
        .map(factor -> signed(factor.value()) + " ±" + Wording.percent(factor.relativeHalfWidth()))
        .orElse("");
  }

  private static String signed(double factor) {
    String percent = Wording.percent(factor - 1);
    return percent.equals("0%") ? percent : (factor < 1 ? "-" : "+") + percent;
  }

  /// A verdict in a word that fits what changed.
  public static String word(Change change) {
    return change.subject().aspect().word(change.verdict());
  }

  /// "2 workers, 1 MiB messages, tasks asked for: 1 ms".
  public static String cell(Cell cell) {
    return CellNames.workers(cell)
        + ", "
        + Quantity.size(cell.messageBytes())
        + " messages, tasks asked for: "
        + Quantity.chosenTime(cell.taskNanos());
  }
}
