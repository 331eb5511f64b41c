package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Scoreboard;
import dev.forklab.reports.analysis.Scoreboard.Row;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.units.Quantity;
import dev.forklab.results.units.Quantity.TimeScale;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The models side by side as text: a table of two header lines and a line for each model; where
/// that is wider than the terminal, a paragraph for each. Shapes are ASCII in every locale.
final class ScoreTable {

  private static final String GAP = "  ";
  private static final String UNKNOWN = "?";
  private static final double MEBIBYTE = 1 << 20;

  private final Scoreboard board;
  private final int columns;

  private ScoreTable(Scoreboard board, int columns) {
    this.board = board;
    this.columns = columns;
  }

  /// @param columns how wide a line may be, 0 for no bound
  static void print(Scoreboard board, PrintWriter out, int columns) {
    new ScoreTable(board, columns == 0 ? Terminals.USUAL_COLUMNS : columns).print(out);
  }

  /// A column of numbers.
  ///
  /// @param texts one for each row
  private record Column(String title, String unit, List<String> texts) {

    int width() {
      return Math.max(
          Math.max(title.length(), unit.length()),
          texts.stream().mapToInt(String::length).max().orElse(0));
    }

    String right(String text) {
      return " ".repeat(width() - text.length()) + text;
    }
  }

  private void print(PrintWriter out) {
    List<Column> numbers = numbers();
    Optional<ShareBar> scale = ShareBar.of(board);
    int bar =
        columns
            - names().width()
            - shares().width()
            - 1
            - GAP.length()
            - numbers.stream().mapToInt(column -> GAP.length() + column.width()).sum();
    if (scale.isEmpty() || bar < ShareBar.FEWEST_COLUMNS) {
      paragraphs(out);
    } else {
      table(out, numbers, scale.get().wide(Math.min(bar, ShareBar.MOST_COLUMNS)));
    }
  }

  private void table(PrintWriter out, List<Column> numbers, ShareBar bar) {
    Column names = names();
    Column shares = shares();
    Column tasks = numbers.getFirst();
    List<Column> rest = numbers.subList(1, numbers.size());
    String pad = " ".repeat(names.width());
    String title =
        "share of best" + " ".repeat(Math.max(0, shares.width() + 1 + bar.columns() - 13));
    out.println(
        (pad + GAP + tasks.right(tasks.title) + GAP + title + joined(rest, Column::title))
            .stripTrailing());
    out.println(
        (pad
                + GAP
                + tasks.right(tasks.unit)
                + GAP
                + " ".repeat(shares.width() + 1)
                + bar.ends()
                + joined(rest, Column::unit))
            .stripTrailing());
    for (int i = 0; i < board.rows().size(); i++) {
      int row = i;
      String name = names.texts.get(row);
      out.println(
          (name
                  + " ".repeat(names.width() - name.length())
                  + GAP
                  + tasks.right(tasks.texts.get(row))
                  + GAP
                  + shares.right(shares.texts.get(row))
                  + " "
                  + bar.of(board.rows().get(row), board.best())
                  + joined(rest, column -> column.texts.get(row)))
              .stripTrailing());
    }
    out.println(legend());
  }

  private static String joined(List<Column> numbers, Function<Column, String> text) {
    StringBuilder joined = new StringBuilder();
    numbers.forEach(column -> joined.append(GAP).append(column.right(text.apply(column))));
    return joined.toString();
  }

  private String legend() {
    return "o share, --- its interval, | as fast as the best"
        + (shares().texts.contains(UNKNOWN) ? "; " + UNKNOWN + " " + Verdict.UNMEASURED_WORDS : "");
  }

  private Column names() {
    return new Column("", "", board.rows().stream().map(row -> row.model().id()).toList());
  }

  private Column shares() {
    return new Column("", "", board.rows().stream().map(this::share).toList());
  }

  private String share(Row row) {
    if (row.model() == board.best()) {
      return "1";
    }
    return row.againstBest()
        .map(
            found -> found.verdict() == Verdict.UNMEASURED ? UNKNOWN : ratio(found.ratio().value()))
        .orElse(Quantity.NOT_MEASURED);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /// Those that any row has a number for, throughput first in any case.
  private List<Column> numbers() {
    List<Column> all = new ArrayList<>();
    all.add(column("tasks/s", "", Row::throughput, 1));
    time("p50", Row::p50).ifPresent(all::add);
    time("p99", Row::p99).ifPresent(all::add);
    time("CPU/task", Row::cpuNanosPerTask).ifPresent(all::add);
    if (has(Row::memory)) {
      all.add(column("memory", "MiB", Row::memory, MEBIBYTE));
    }
    time("start-up", Row::startUp).ifPresent(all::add);
    return all;
  }

  private boolean has(Function<Row, Optional<Estimate>> number) {
    return board.rows().stream().anyMatch(row -> number.apply(row).isPresent());
  }

  /// All rows in the unit of the least.
  private Optional<Column> time(String title, Function<Row, Optional<Estimate>> nanos) {
    double least =
        board.rows().stream()
            .flatMap(row -> nanos.apply(row).stream())
            .mapToDouble(Estimate::value)
            .min()
            .orElse(0);
    if (!has(nanos)) {
      return Optional.empty();
    }
    TimeScale scale = Quantity.timeScale(least);
    return Optional.of(column(title, scale.unit(), nanos, scale.nanos()));
  }

  private Column column(
      String title, String unit, Function<Row, Optional<Estimate>> number, double size) {
    return new Column(
        title,
        unit,
        board.rows().stream()
            .map(row ->
                number
                    .apply(row)
                    .map(found -> Quantity.number(found.value() / size))
                    .orElse(Quantity.NOT_MEASURED))
            .toList());
  }

  private void paragraphs(PrintWriter out) {
    Paragraphs text = new Paragraphs(out, columns);
    for (Row row : board.rows()) {
      List<String> parts = new ArrayList<>();
      row.throughput().ifPresent(found -> parts.add(Quantity.number(found.value()) + " tasks/s"));
      parts.add(shareInWords(row));
      row.p50().ifPresent(found -> parts.add("p50 " + Quantity.time(found.value())));
      row.p99().ifPresent(found -> parts.add("p99 " + Quantity.time(found.value())));
      row.cpuNanosPerTask()
          .ifPresent(found -> parts.add(Quantity.time(found.value()) + " of CPU a task"));
      row.memory().ifPresent(found -> parts.add(Quantity.memory(found.value())));
      row.startUp().ifPresent(found -> parts.add("starts in " + Quantity.time(found.value())));
      out.println(row.model().id());
      text.print("  ", String.join(", ", parts));
    }
  }

  private String shareInWords(Row row) {
    if (row.model() == board.best()) {
      return "the best";
    }
    Optional<Finding> found = row.againstBest();
    if (found.isEmpty()) {
      return "not compared with the best";
    }
    Estimate ratio = found.get().ratio();
    return found.get().verdict() == Verdict.UNMEASURED
        ? Verdict.UNMEASURED_WORDS + " against the best"
        : ratio(ratio.value())
            + " of the best ("
            + ratio(ratio.low())
            + " to "
            + ratio(ratio.high())
            + ")";
  }
}
