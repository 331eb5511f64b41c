package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Band;
import dev.forklab.reports.chart.Plot.Guide;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.chart.Plot.Spot;
import dev.forklab.reports.chart.Slots.Slot;
import dev.forklab.reports.compare.Change;
import dev.forklab.reports.compare.ChangeWords;
import dev.forklab.reports.compare.Changes;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A forest plot: each change from one run to another with its interval, what changed above the
/// rest.
public final class ChangeChart {

  private static final int MOST_ROWS = 30;
  private static final double TOP = 0.6;

  private ChangeChart() {}

  /// The picture; empty if nothing was measured well enough to be drawn.
  public static Optional<Chart> of(Changes changes) {
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
            new Caption(
                "changes",
                ChangeWords.answer(changes),
                "throughput: more to the right is better; latency, CPU time, memory, start-up: to the left",
                footnote(changed.size(), rows.size(), changes)),
            Orientation.ROWS,
            new Slots("", slots(changes, rows), foot, TOP),
            numbers(rows),
            List.of(
                new Band(1 - Analysis.EQUIVALENCE_MARGIN, 1 + Analysis.EQUIVALENCE_MARGIN, "same")),
            List.of(new Guide("no change", List.of(new Spot(foot, 1), new Spot(TOP, 1)), "")),
            series(changes, rows)));
  }

  private static Axis numbers(List<Change> rows) {
    double low = rows.stream().mapToDouble(row -> row.factor().low()).min().orElse(1);
    double high = rows.stream().mapToDouble(row -> row.factor().high()).max().orElse(1);
    return new Axis(
        "change",
        Unit.CHANGE,
        false,
        Math.max(0, Math.min(low, 0.9) - 0.03),
        Math.max(high, 1.1) + 0.03);
  }

  private static List<Slot> slots(Changes changes, List<Change> rows) {
    List<Slot> slots = new ArrayList<>();
    for (Change row : rows) {
      slots.add(new Slot(-slots.size(), ChangeWords.label(changes, row), row.changed()));
    }
    return slots;
  }

  private static List<Series> series(Changes changes, List<Change> rows) {
    Map<Model, List<Point>> points = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Change row = rows.get(i);
      points
          .computeIfAbsent(row.subject().model(), _ -> new ArrayList<>())
          .add(Point.of(-i, ChangeWords.label(changes, row), row.subject().cell(), row.factor()));
    }
    return points.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), "", false, false, entry.getValue(), ""))
        .toList();
  }

  private static String footnote(int changed, int shown, Changes changes) {
    int others = changes.changes().size() - shown;
    return "Bold: what changed ("
        + changed
        + "). Bars are the intervals that the verdicts were read from."
        + (others > 0 ? " " + others + " more comparisons are not drawn." : "");
  }
}
