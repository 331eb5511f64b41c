package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Axis.Tick;
import dev.forklab.reports.chart.Plot.Band;
import dev.forklab.reports.chart.Plot.Guide;
import dev.forklab.reports.chart.Plot.Line;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.compare.Change;
import dev.forklab.reports.compare.ChangeWords;
import dev.forklab.reports.compare.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A forest plot: each change from one run to another with its interval, what changed above the
/// rest.
public final class ChangeChart {

  private static final int MOST_ROWS = 30;
  private static final double TOP = 0.6;

  private ChangeChart() {}

  /// The picture; empty if nothing was measured well enough to be drawn.
  ///
  /// @throws NoFontException if this machine has no font to draw with
  public static Optional<Chart> of(Changes changes) throws NoFontException {
    Charts.requireFont();
    return plot(changes).map(Chart::new);
  }

  static Optional<Plot> plot(Changes changes) {
    List<Change> drawable =
        changes.changes().stream()
            .filter(change -> change.verdict() != Verdict.UNMEASURED)
            .filter(change -> change.factor().hasInterval())
            .toList();
    if (drawable.isEmpty()) {
      return Optional.empty();
    }
    List<Change> changed = drawable.stream().filter(Change::changed).toList();
    List<Change> rows =
        Stream.concat(changed.stream(), drawable.stream().filter(change -> !change.changed()))
            .limit(MOST_ROWS)
            .toList();
    double foot = -rows.size() + 0.4;
    return Optional.of(
        new Plot(
            "changes",
            ChangeWords.answer(changes),
            "throughput: more to the right is better; latency, CPU time, memory, start-up: to the left",
            Orientation.ROWS,
            x(rows),
            new Axis("", false, foot, TOP, ticks(changes, rows)),
            List.of(
                new Band(1 - Analysis.EQUIVALENCE_MARGIN, 1 + Analysis.EQUIVALENCE_MARGIN, "same")),
            List.of(new Guide("no change", List.of(Point.bare(1, foot), Point.bare(1, TOP)), "")),
            lines(rows),
            footnote(changed.size(), rows.size(), changes)));
  }

  private static Axis x(List<Change> rows) {
    double low = rows.stream().mapToDouble(row -> row.factor().low()).min().orElse(1);
    double high = rows.stream().mapToDouble(row -> row.factor().high()).max().orElse(1);
    return Axis.linear(
        "change",
        Math.max(0, Math.min(low, 0.9) - 0.03),
        Math.max(high, 1.1) + 0.03,
        ChangeChart::percent);
  }

  private static String percent(double factor) {
    long percent = Math.round(100 * (factor - 1));
    return (percent > 0 ? "+" : "") + percent + "%";
  }

  private static List<Tick> ticks(Changes changes, List<Change> rows) {
    List<Tick> ticks = new ArrayList<>();
    for (Change row : rows) {
      ticks.add(new Tick(-ticks.size(), ChangeWords.label(changes, row), row.changed()));
    }
    return ticks;
  }

  private static List<Line> lines(List<Change> rows) {
    List<Line> lines = new ArrayList<>();
    for (Change row : rows) {
      Look look = Look.of(row.subject().model());
      lines.add(
          new Line(
              "change " + lines.size(),
              row.subject().cell().oversubscribed()
                  ? look.hollow(Look.Stroke.NONE)
                  : look.joined(Look.Stroke.NONE),
              List.of(Point.row(-lines.size(), row.factor())),
              null));
    }
    return lines;
  }

  private static String footnote(int changed, int shown, Changes changes) {
    int others = changes.changes().size() - shown;
    return "Bold: what changed ("
        + changed
        + "). Bars are the intervals that the verdicts were read from. Hollow: oversubscribed."
        + (others > 0 ? " " + others + " more comparisons are not drawn." : "");
  }
}
