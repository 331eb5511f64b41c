package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.results.Cell;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Optional;

/// Throughput and latency against the size of messages.
final class SizeCharts {

  private SizeCharts() {}

  static Optional<Plot> throughput(Analysis analysis, Sweep sweep) {
    List<Series> series = series(sweep, Metric.THROUGHPUT, CellResult::throughput);
    Axis axis =
        Axis.fromZero("tasks per second", Unit.RATE, WorkerCharts.highest(series, List.of()));
    String title = Sentences.overSizes(analysis, sweep, Metric.THROUGHPUT);
    return plot("throughput-by-size", title, sweep, axis, series);
  }

  static Optional<Plot> latency(Analysis analysis, Sweep sweep) {
    List<Series> series =
        series(sweep, Metric.LATENCY_P50, result -> result.latency().map(Latency::p50));
    Axis axis =
        Axis.logarithmic(
            "median latency, log scale",
            Unit.NANOS,
            LatencyCharts.lowest(series),
            LatencyCharts.highest(series));
    String title = Sentences.overSizes(analysis, sweep, Metric.LATENCY_P50);
    return plot("latency-by-size", title, sweep, axis, series);
  }

  private static Optional<Plot> plot(
      String id, String title, Sweep sweep, Axis axis, List<Series> series) {
    List<Cell> cells = sweep.overSizes();
    if (cells.size() < 2 || series.stream().noneMatch(each -> each.points().size() > 1)) {
      return Optional.empty();
    }
    Cell cell = cells.getFirst();
    return Optional.of(
        new Plot(
            new Caption(
                id,
                title,
                Sweep.workers(cell.workers())
                    + (cell.oversubscribed()
                        ? " on " + cell.cpus() + " CPUs (oversubscribed), "
                        : ", ")
                    + sweep.tasks(cells),
                WorkerCharts.INTERVALS),
            Orientation.UPRIGHT,
            Slots.of(
                "message size (each measured size one step)",
                cells.stream().map(each -> Quantity.size(each.messageBytes())).toList()),
            axis,
            List.of(),
            List.of(),
            series));
  }

  private static List<Series> series(Sweep sweep, Metric metric, WorkerCharts.Reading number) {
    return WorkerCharts.series(
        sweep,
        sweep.overSizes(),
        sweep.models(),
        cell -> Quantity.size(cell.messageBytes()) + " messages",
        Optional.of(metric),
        number);
  }
}
