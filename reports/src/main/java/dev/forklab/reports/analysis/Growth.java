package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What happens to forked processes against threads as one knob grows and the others stay: from
/// where to where the ratio goes, and where its verdict changes.
final class Growth {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private final Facts facts;
  private final Cell main;
  private final Model against;

  private Growth(Facts facts, Cell main, Model against) {
    this.facts = facts;
    this.main = main;
    this.against = against;
  }

  /// Up to three sentences: message size, workers, task time. A knob with one value has none.
  static List<String> of(Facts facts, Cell main) {
    Model against =
        facts.findings().stream().anyMatch(found -> found.against() == Model.THREADS)
            ? Model.THREADS
            : Model.VIRTUAL;
    Growth growth = new Growth(facts, main, against);
    List<String> lines = new ArrayList<>();
    growth
        .sentence(
            new Knob(
                "messages",
                Cell::messageBytes,
                cell -> Quantity.size(cell.messageBytes()),
                cell -> cell.workers() == main.workers() && cell.taskNanos() == main.taskNanos()))
        .ifPresent(lines::add);
    growth
        .sentence(
            new Knob(
                "workers",
                Cell::workers,
                cell -> String.valueOf(cell.workers()),
                cell ->
                    cell.messageBytes() == main.messageBytes()
                        && cell.taskNanos() == main.taskNanos()
                        && !cell.oversubscribed()))
        .ifPresent(lines::add);
    growth
        .sentence(
            new Knob(
                "tasks",
                Cell::taskNanos,
                cell -> facts.taskTimes().name(List.of(cell), ""),
                cell ->
                    cell.workers() == main.workers() && cell.messageBytes() == main.messageBytes()))
        .ifPresent(lines::add);
    growth.codecs().forEach(lines::add);
    return lines;
  }

  /// "With binary instead of json messages, …", for each other codec.
  private List<String> codecs() {
    Optional<Finding> usual = fork(main);
    return facts.findings().stream()
        .map(Finding::cell)
        .distinct()
        .filter(
            cell -> !cell.codec().equals(main.codec()) && inCodec(cell, main.codec()).equals(main))
        .flatMap(cell -> fork(cell).stream())
        .filter(found -> usual.isPresent())
        .map(found -> codec(found, usual.orElseThrow()))
        .toList();
  }

  private String codec(Finding found, Finding usual) {
    boolean tooWide =
        found.verdict() == Verdict.UNMEASURED || usual.verdict() == Verdict.UNMEASURED;
    return "With "
        + found.cell().codec()
        + " instead of "
        + main.codec()
        + " messages, forked processes "
        + (tooWide
            ? "are " + Verdict.UNMEASURED_WORDS + " against "
            : "reach "
                + Wording.ratio(found.ratio())
                + " instead of "
                + Wording.ratio(usual.ratio())
                + " of ")
        + against.label()
        + ".";
  }

  private static Cell inCodec(Cell cell, String codec) {
    return new Cell(cell.workers(), cell.cpus(), cell.messageBytes(), cell.taskNanos(), codec);
  }

  private Optional<Finding> fork(Cell cell) {
    return facts.finding(Metric.THROUGHPUT, cell, Model.FORK, against);
  }

  /// One of the knobs of a task.
  ///
  /// @param size by which cells are put in order
  /// @param label of one cell, such as "4 KiB"
  /// @param onLine whether a cell differs from the main cell in this knob only
  private record Knob(
      String noun,
      ToLongFunction<Cell> size,
      Function<Cell, String> label,
      Predicate<Cell> onLine) {}

  private Optional<String> sentence(Knob knob) {
    List<Finding> all =
        facts.findings().stream()
            .map(Finding::cell)
            .distinct()
            .filter(knob.onLine)
            .filter(cell -> cell.codec().equals(main.codec()))
            .sorted(Comparator.comparingLong(knob.size))
            .flatMap(cell -> fork(cell).stream())
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
            + knob.noun
            + " grow from "
            + knob.label.apply(first.cell())
            + " to "
            + knob.label.apply(last.cell())
            + ", forked processes go from "
            + Wording.ratio(first.ratio())
            + " to "
            + Wording.ratio(last.ratio())
            + " of "
            + against.label()
            + (overlap(first.ratio(), last.ratio()) ? ", no more change than the error" : "")
            + turns(knob, line)
            + tooWide(knob, all)
            + ".");
  }

  private static boolean overlap(Estimate one, Estimate other) {
    return one.hasInterval()
        && other.hasInterval()
        && one.low() <= other.high()
        && other.low() <= one.high();
  }

  /// Where the verdict changes: "; slower at 1 KiB, the same within 3% from 64 KiB".
  private static String turns(Knob knob, List<Finding> line) {
    if (line.stream().map(Finding::verdict).distinct().count() == 1) {
      return ": " + words(line.getFirst().verdict()) + " throughout";
    }
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      Verdict verdict = line.get(i).verdict();
      if (i == 0 || verdict != line.get(i - 1).verdict()) {
        boolean goesOn = i + 1 < line.size() && line.get(i + 1).verdict() == verdict;
        turns.add(
            words(verdict) + (goesOn ? " from " : " at ") + knob.label.apply(line.get(i).cell()));
      }
    }
    return ": " + String.join(", ", turns);
  }

  /// "; not measured well enough at 1 MiB", or nothing.
  private static String tooWide(Knob knob, List<Finding> all) {
    List<String> where =
        all.stream()
            .filter(found -> found.verdict() == Verdict.UNMEASURED)
            .map(found -> knob.label.apply(found.cell()))
            .toList();
    return where.isEmpty() ? "" : "; " + words(Verdict.UNMEASURED) + " at " + Wording.list(where);
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case FASTER -> "faster";
      case SLOWER -> "slower";
      case SAME -> "the same within " + MARGIN;
      case INCONCLUSIVE -> "undecided";
      case UNMEASURED -> Verdict.UNMEASURED_WORDS;
    };
  }
}
