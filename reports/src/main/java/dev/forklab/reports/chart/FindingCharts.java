package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Band;
import dev.forklab.reports.chart.Plot.Guide;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.chart.Plot.Spot;
import dev.forklab.reports.chart.Slots.Slot;
import dev.forklab.results.Model;
import dev.forklab.results.units.CellNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every throughput finding between candidates and peers, with its interval, in one picture; those
/// that are not measured well enough are counted in its title.
final class FindingCharts {

  private static final int MOST_ROWS = 30;
  private static final double TOP = 0.6;

  private FindingCharts() {}

  static Optional<Plot> throughput(Analysis analysis) {
    List<Finding> all =
        analysis.findings().stream()
            .filter(finding -> finding.metric() == Metric.THROUGHPUT)
            .filter(finding -> Sweep.isPool(finding.model()) && Sweep.isPool(finding.against()))
            .filter(finding -> Point.drawable(finding.ratio()))
            .toList();
    List<Finding> findings =
        all.stream().filter(finding -> finding.verdict() != Verdict.UNMEASURED).toList();
    if (findings.isEmpty()) {
      return Optional.empty();
    }
    List<Finding> shown = findings.subList(0, Math.min(MOST_ROWS, findings.size()));
    List<Row> rows = rows(shown);
    double foot = rows.getLast().place() - 0.6;
    return Optional.of(
        new Plot(
            new Caption(
                "throughput-findings",
                Sentences.findings(all),
                subtitle(analysis, shown),
                footnote(shown.size(), findings.size())),
            Orientation.ROWS,
            slots(analysis, rows, foot),
            numbers(shown),
            List.of(
                new Band(1 - Analysis.EQUIVALENCE_MARGIN, 1 + Analysis.EQUIVALENCE_MARGIN, "same")),
            List.of(new Guide("equal", List.of(new Spot(foot, 1), new Spot(TOP, 1)), "")),
            series(analysis, rows)));
  }

  /// A finding and how far up it stands.
  private record Row(Finding finding, double place, boolean first) {}

  /// Findings by pair of models; each pair has a row above it for its name.
  private static List<Row> rows(List<Finding> findings) {
    Map<String, List<Finding>> pairs = new LinkedHashMap<>();
    for (Finding finding : findings) {
      pairs.computeIfAbsent(pair(finding), _ -> new ArrayList<>()).add(finding);
    }
    List<Row> rows = new ArrayList<>();
    double place = 0;
    for (List<Finding> pair : pairs.values()) {
      place -= 1;
      for (Finding finding : pair) {
        rows.add(new Row(finding, place, finding.equals(pair.getFirst())));
        place -= 1;
      }
    }
    return rows;
  }

  private static String pair(Finding finding) {
    return finding.model().id() + " / " + finding.against().id();
  }

  private static String subtitle(Analysis analysis, List<Finding> findings) {
    String common = names(findings, analysis.taskTimes()::name).common();
    return "throughput of the first divided by that of the second, paired within rounds"
        + (common.isEmpty() ? "" : "; " + common);
  }

  private static Axis numbers(List<Finding> findings) {
    double low = 0.9;
    double high = 1.1;
    for (Finding finding : findings) {
      Point point = Point.of(0, "", finding.cell(), finding.ratio());
      low = Math.min(low, point.low());
      high = Math.max(high, point.high());
    }
    return new Axis(
        "ratio (1 = equal, above 1 = the first is faster)",
        Unit.RATIO,
        false,
        Math.max(0, low - 0.03),
        high + 0.03);
  }

  private static CellNames names(List<Finding> findings, CellNames.TaskTime taskTime) {
    return new CellNames(findings.stream().map(Finding::cell).toList(), taskTime);
  }

  private static Slots slots(Analysis analysis, List<Row> rows, double foot) {
    CellNames names = names(rows, analysis);
    List<Slot> slots = new ArrayList<>();
    for (Row row : rows) {
      if (row.first()) {
        slots.add(new Slot(row.place() + 1, pair(row.finding()), true));
      }
      slots.add(new Slot(row.place(), names.name(row.finding().cell()), false));
    }
    return new Slots("", slots, foot, TOP);
  }

  private static CellNames names(List<Row> rows, Analysis analysis) {
    return names(rows.stream().map(Row::finding).toList(), analysis.taskTimes()::brief);
  }

  private static List<Series> series(Analysis analysis, List<Row> rows) {
    CellNames names = names(rows, analysis);
    Map<Model, List<Point>> points = new LinkedHashMap<>();
    for (Row row : rows) {
      Finding finding = row.finding();
      String where = "against " + finding.against().label() + ", " + names.name(finding.cell());
      points
          .computeIfAbsent(finding.model(), _ -> new ArrayList<>())
          .add(Point.of(row.place(), where, finding.cell(), finding.ratio()));
    }
    return points.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), "", false, false, entry.getValue(), ""))
        .toList();
  }

  private static String footnote(int shown, int all) {
    return "Bars are the intervals that the verdicts were read from."
        + " Task times are those that were reached."
        + (shown < all ? " " + (all - shown) + " more findings stand in the table." : "");
  }
}
