package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.chart.Plot.Line;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Throughput and latency against the size of messages.
final class SizeCharts {

  private SizeCharts() {}

  static Optional<Plot> throughput(Analysis analysis, Sweep sweep) {
    List<Line> lines = lines(sweep, CellResult::throughput);
    Axis y = Axis.fromZero("tasks per second", WorkerCharts.highest(lines, List.of()));
    String title = Sentences.overSizes(analysis, sweep, Metric.THROUGHPUT);
    return plot("throughput-by-size", title, sweep, y, lines);
  }

  static Optional<Plot> latency(Analysis analysis, Sweep sweep) {
    List<Line> lines = lines(sweep, result -> result.latency().map(Latency::p50));
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    Axis y =
        Axis.logarithmic(
            "median latency, log scale",
            LatencyCharts.lowest(all),
            LatencyCharts.highest(all),
            Quantity::chosenTime);
    String title = Sentences.overSizes(analysis, sweep, Metric.LATENCY_P50);
    return plot("latency-by-size", title, sweep, y, lines);
  }

  private static Optional<Plot> plot(
      String id, String title, Sweep sweep, Axis y, List<Line> lines) {
    List<Cell> cells = sweep.overSizes();
    if (cells.size() < 2 || lines.stream().noneMatch(line -> line.points().size() > 1)) {
      return Optional.empty();
    }
    Cell cell = cells.getFirst();
    return Optional.of(
        new Plot(
            id,
            title,
            Sweep.workers(cell.workers())
                + (cell.oversubscribed() ? " on " + cell.cpus() + " CPUs (oversubscribed), " : ", ")
                + sweep.tasks(cells),
            Orientation.UPRIGHT,
            Axis.slots(
                "message size (each measured size one step)",
                cells.stream().map(each -> Quantity.size(each.messageBytes())).toList()),
            y,
            List.of(),
            List.of(),
            lines,
            WorkerCharts.INTERVALS));
  }

  private static List<Line> lines(Sweep sweep, Function<CellResult, Optional<Estimate>> number) {
    List<Cell> cells = sweep.overSizes();
    List<Line> lines = new ArrayList<>();
    for (Model model : sweep.models()) {
      double dodge = WorkerCharts.dodge(sweep.models(), model);
      List<Point> points = new ArrayList<>();
      for (int slot = 0; slot < cells.size(); slot++) {
        double x = slot + dodge;
        sweep
            .result(cells.get(slot), model)
            .flatMap(number)
            .filter(Point::drawable)
            .ifPresent(estimate -> points.add(Point.upright(x, estimate)));
      }
      if (!points.isEmpty()) {
        lines.add(new Line(model.id(), Look.of(model), points, model.label()));
      }
    }
    return lines;
  }
}
