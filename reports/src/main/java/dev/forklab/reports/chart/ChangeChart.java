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
import dev.forklab.results.Cell;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
            "the second run divided by the first",
            Orientation.ROWS,
            x(rows),
            new Axis("", false, foot, TOP, ticks(rows)),
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
        "change (throughput: above 0 is better, all else: below)",
        Math.max(0, Math.min(low, 0.9) - 0.03),
        Math.max(high, 1.1) + 0.03,
        factor -> String.format(Locale.ROOT, "%+d%%", Math.round(100 * (factor - 1))));
  }

  private static List<Tick> ticks(List<Change> rows) {
    List<Tick> ticks = new ArrayList<>();
    for (Change row : rows) {
      Cell cell = row.subject().cell();
      ticks.add(
          new Tick(
              -ticks.size(),
              "%s, %s, %s, %s, %s"
                  .formatted(
                      row.subject().model().id(),
                      row.subject().aspect().label(),
                      CellNames.workers(cell),
                      Quantity.size(cell.messageBytes()),
                      Quantity.chosenTime(cell.taskNanos())),
              row.changed()));
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
