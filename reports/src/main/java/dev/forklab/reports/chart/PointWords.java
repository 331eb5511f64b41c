package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import java.util.ArrayList;
import java.util.List;

/// What a point says when it is asked, a line each: what it is, its number, its interval, what it
/// rests on, and what to beware of.
final class PointWords {

  private PointWords() {}

  static String of(Plot plot, Series series, Point point) {
    Unit unit = plot.numbers().unit();
    List<String> lines = new ArrayList<>();
    lines.add(
        Wording.capital(series.model().label())
            + (series.state().isEmpty() ? "" : ", " + series.state())
            + ", "
            + point.where());
    lines.add(unit.words(point.value(), point.low(), point.high()));
    if (point.hasInterval()) {
      lines.add("interval " + unit.words(point.low()) + " to " + unit.words(point.high()));
    }
    lines.add(basis(point));
    point.cautions().stream().sorted().map(Caution::words).forEach(lines::add);
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }

  private static String basis(Point point) {
    List<String> parts = new ArrayList<>();
    if (point.slices() > 0) {
      parts.add(Wording.count(point.slices(), "slice"));
    }
    if (point.launches() > 1) {
      parts.add(point.launches() + " launches");
    }
    return String.join(", ", parts);
  }
}
