package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.chart.Plot.Line;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Latency percentiles at one cell.
final class LatencyCharts {

  private LatencyCharts() {}

  static Optional<Plot> percentiles(Sweep sweep) {
    Optional<Cell> focus = sweep.latencyFocus();
    if (focus.isEmpty()) {
      return Optional.empty();
    }
    Cell cell = focus.get();
    List<Line> lines = new ArrayList<>();
    for (Model model : sweep.models()) {
      double dodge = WorkerCharts.dodge(sweep.models(), model);
      sweep
          .result(cell, model)
          .flatMap(CellResult::latency)
          .ifPresent(latency ->
              lines.add(
                  new Line(model.id(), Look.of(model), points(latency, dodge), model.label())));
    }
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    return Optional.of(
        new Plot(
            "latency-percentiles",
            Sentences.latency(sweep, cell),
            Sweep.workers(cell.workers()) + ", " + sweep.constantsOverWorkers(List.of(cell)),
            Orientation.UPRIGHT,
            Axis.slots("percentile of tasks", List.of("p50", "p90", "p99", "p99.9", "max")),
            Axis.logarithmic("latency, log scale", lowest(all), highest(all), Quantity::chosenTime),
            List.of(),
            List.of(),
            lines,
            "Closed loop: as many clients as workers, each with one task at a time. Bars are 95%"
                + " intervals; p99.9 and max have none."));
  }

  private static List<Point> points(Latency latency, double dodge) {
    return Stream.of(
            Point.upright(0 + dodge, latency.p50()),
            Point.upright(1 + dodge, latency.p90()),
            Point.upright(2 + dodge, latency.p99()),
            Point.bare(3 + dodge, latency.p999()),
            Point.bare(4 + dodge, latency.max()))
        .filter(point -> point.y() > 0 && Double.isFinite(point.y()))
        .toList();
  }

  static double lowest(List<Point> points) {
    return points.stream()
        .mapToDouble(point -> point.low() > 0 ? Math.min(point.low(), point.y()) : point.y())
        .min()
        .orElse(1);
  }

  static double highest(List<Point> points) {
    return points.stream().mapToDouble(point -> Math.max(point.high(), point.y())).max().orElse(10);
  }
}
