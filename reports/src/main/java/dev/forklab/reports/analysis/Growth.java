package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Grid.Factor;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What happens to a model that isolates, against the best that does not, as one factor grows and
/// the others stay: from where to where the ratio goes, and where its verdict changes.
final class Growth {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private final Facts facts;
  private final Cell main;
  private final Model model;
  private final Model against;

  private Growth(Facts facts, Cell main, Model model, Model against) {
    this.facts = facts;
    this.main = main;
    this.model = model;
    this.against = against;
  }

  /// For each model that isolates up to three sentences: message size, workers, task time. A factor
  /// with one value has none.
  static List<String> of(Facts facts, Cell main) {
    Standing standing = Standing.of(facts, main);
    return standing.leader(standing.shared()).stream()
        .flatMap(against ->
            standing.isolating().stream()
                .flatMap(model -> new Growth(facts, main, model, against).sentences().stream()))
        .toList();
  }

  private List<String> sentences() {
    return Stream.of(
            new Line("messages", Factor.MESSAGES, cell -> Quantity.size(cell.messageBytes())),
            new Line("workers", Factor.WORKERS, cell -> String.valueOf(cell.workers())),
            new Line("tasks", Factor.TASKS, cell -> facts.taskTimes().brief(List.of(cell), "")))
        .flatMap(line -> sentence(line).stream())
        .toList();
  }

  private Optional<Finding> compared(Cell cell) {
    return facts.finding(Metric.THROUGHPUT, cell, model, against);
  }

  /// Cells on which one factor grows.
  ///
  /// @param label of one cell, such as "4 KiB"
  private record Line(String noun, Factor factor, Function<Cell, String> label) {}

  private Optional<String> sentence(Line along) {
    List<Finding> all =
        facts.grid().along(along.factor).stream()
            .filter(cell -> cell.oversubscribed() == main.oversubscribed())
            .flatMap(cell -> compared(cell).stream())
            .toList();
    List<Finding> line =
        all.stream().filter(found -> found.verdict() != Verdict.UNMEASURED).toList();
    if (line.size() < 2) {
      return Optional.empty();
    }
    Finding first = line.getFirst();
    Finding last = line.getLast();
    return Optional.of(
        "As "
            + along.noun
            + " grow from "
            + along.label.apply(first.cell())
            + " to "
            + along.label.apply(last.cell())
            + ", "
            + model.label()
            + " go from "
            + Wording.ratio(first.ratio())
            + " to "
            + Wording.ratio(last.ratio())
            + " of "
            + against.label()
            + (overlap(first.ratio(), last.ratio()) ? ", no more change than the error" : "")
            + turns(along, line)
            + tooWide(along, all)
            + ".");
  }

  private static boolean overlap(Estimate one, Estimate other) {
    return one.hasInterval()
        && other.hasInterval()
        && one.low() <= other.high()
        && other.low() <= one.high();
  }

  /// Where the verdict changes: "; slower at 1 KiB, the same within 3% from 64 KiB".
  private static String turns(Line along, List<Finding> line) {
    if (line.stream().map(Finding::verdict).distinct().count() == 1) {
      return ": " + words(line.getFirst().verdict()) + " throughout";
    }
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      Verdict verdict = line.get(i).verdict();
      if (i == 0 || verdict != line.get(i - 1).verdict()) {
        boolean goesOn = i + 1 < line.size() && line.get(i + 1).verdict() == verdict;
        turns.add(
            words(verdict) + (goesOn ? " from " : " at ") + along.label.apply(line.get(i).cell()));
      }
    }
    return ": " + String.join(", ", turns);
  }

  /// "; not measured well enough at 1 MiB", or nothing.
  private static String tooWide(Line along, List<Finding> all) {
    List<String> where =
        all.stream()
            .filter(found -> found.verdict() == Verdict.UNMEASURED)
            .map(found -> along.label.apply(found.cell()))
            .toList();
    return where.isEmpty() ? "" : "; " + words(Verdict.UNMEASURED) + " at " + Wording.list(where);
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "faster";
      case SLOWER -> "slower";
      case SAME -> "the same within " + MARGIN;
      case INCONCLUSIVE -> "inconclusive";
      case UNMEASURED -> Verdict.UNMEASURED_WORDS;
    };
  }
}
