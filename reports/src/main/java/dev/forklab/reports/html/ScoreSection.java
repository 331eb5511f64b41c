package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Scoreboard;
import dev.forklab.reports.analysis.Scoreboard.Row;
import dev.forklab.reports.analysis.Scoreboard.Scale;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The models side by side, with their shares of the best drawn in the table.
final class ScoreSection {

  private static final double WIDTH = 150;
  private static final double HEIGHT = 18;

  private final Scoreboard board;
  private final String caption;

  ScoreSection(Scoreboard board, Analysis analysis) {
    this.board = board;
    CellNames names = new CellNames(List.of(board.cell()), analysis.taskTimes()::brief);
    caption = CellNames.workers(board.cell()) + ", " + names.common();
  }

  /// A column of numbers, which any row may lack.
  private record Column(String title, Function<Row, Optional<String>> text) {}

  Html html() {
    List<Column> columns = columns();
    List<Html> head = new ArrayList<>();
    head.add(heading("Model"));
    board.scale().ifPresent(scale -> head.add(shareHeading(scale)));
    head.add(heading("Tasks/s"));
    columns.forEach(column -> head.add(heading(column.title())));
    List<Html> rows = new ArrayList<>();
    board.rows().forEach(row -> rows.add(row(row, columns)));
    Html.Element table =
        element(
            "table",
            element("caption", "The models side by side: " + caption).with("id", "scores-caption"),
            element("thead", element("tr", head)),
            element("tbody", rows));
    return element("div", table.with("class", "scores").with("id", "scores"))
        .with("class", "scroll")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-labelledby", "scores-caption");
  }

  /// Those that any model has a number for.
  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("p50", row -> row.p50().map(Numbers::time)));
    columns.add(new Column("p99", row -> row.p99().map(Numbers::time)));
    columns.add(new Column("CPU a task", row -> row.cpuNanosPerTask().map(Numbers::time)));
    columns.add(new Column("Memory", row -> row.memory().map(Numbers::memory)));
    columns.add(new Column("Start-up", row -> row.startUp().map(Numbers::time)));
    columns.removeIf(
        column -> board.rows().stream().allMatch(row -> column.text().apply(row).isEmpty()));
    return columns;
  }

  private Html row(Row row, List<Column> columns) {
    List<Html> entries = new ArrayList<>();
    entries.add(
        element("th", row.model().id())
            .with("scope", "row")
            .with("title", row.model().label())
            .with("class", "model m-" + row.model().id()));
    board.scale().ifPresent(scale -> entries.add(share(row, scale)));
    entries.add(number(row.throughput().map(Numbers::rate)));
    columns.forEach(column -> entries.add(number(column.text().apply(row))));
    return element("tr", entries).with("class", row.model() == board.best() ? "best" : "other");
  }

  /// The interval stands below its number, smaller.
  private static Html number(Optional<String> text) {
    String words = text.orElse(Quantity.NOT_MEASURED);
    int end = words.indexOf(" ± ") >= 0 ? words.indexOf(" ± ") : words.indexOf(" (");
    Html.Element cell =
        end < 0
            ? element("td", words)
            : element(
                "td",
                Html.text(words.substring(0, end)),
                element("small", words.substring(end).strip()));
    return cell.with("class", "number");
  }

  private static Html shareHeading(Scale scale) {
    return element(
            "th",
            Html.text("Share of the best"),
            element("small", " " + ratio(scale.low()) + " to " + ratio(scale.high())))
        .with("scope", "col");
  }

  private Html share(Row row, Scale scale) {
    boolean best = row.model() == board.best();
    String words = best ? "1 (the best)" : row.againstBest().map(this::words).orElse("–");
    List<Html> drawing = new ArrayList<>();
    drawing.add(line("unity", scale.place(1), scale.place(1), 0, HEIGHT));
    row.share()
        .ifPresent(share ->
            drawing.add(
                line("interval", scale.place(share.low()), scale.place(share.high()), 9, 9)));
    Optional<Double> value = best ? Optional.of(1.0) : row.share().map(Estimate::value);
    value.ifPresent(share ->
        drawing.add(
            element("circle").with("cx", x(scale.place(share))).with("cy", "9").with("r", "4.5")));
    Html bar =
        element("svg", drawing)
            .with("class", "share m-" + row.model().id())
            .with("viewBox", "0 0 160 18")
            .with("width", "160")
            .with("height", "18")
            .with("aria-hidden", "true");
    return element("td", bar, element("span", words)).with("class", "bar");
  }

  private String words(Finding found) {
    if (found.verdict() == Verdict.UNMEASURED) {
      return Verdict.UNMEASURED_WORDS;
    }
    Estimate ratio = found.ratio();
    return ratio(ratio.value()) + " (" + ratio(ratio.low()) + " to " + ratio(ratio.high()) + ")";
  }

  private static Html line(String style, double from, double to, double y1, double y2) {
    return element("line")
        .with("class", style)
        .with("x1", x(from))
        .with("x2", x(to))
        .with("y1", Double.toString(y1))
        .with("y2", Double.toString(y2));
  }

  private static String x(double share) {
    return String.format(Locale.ROOT, "%.1f", 5 + share * WIDTH);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static Html heading(String text) {
    return element("th", text).with("scope", "col");
  }
}
