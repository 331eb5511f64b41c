package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Ratio;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Latency percentiles at one cell.
final class LatencyCharts {

  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "max");

  private LatencyCharts() {}

  static Optional<Plot> percentiles(Sweep sweep) {
    Optional<Cell> focus = sweep.latencyFocus();
    if (focus.isEmpty()) {
      return Optional.empty();
    }
    Cell cell = focus.get();
    List<Series> series = new ArrayList<>();
    for (Model model : sweep.models()) {
      sweep
          .result(cell, model)
          .flatMap(CellResult::latency)
          .map(latency -> points(sweep, cell, model, latency))
          .filter(points -> !points.isEmpty())
          .ifPresent(points -> series.add(Series.of(model, true, points)));
    }
    return Optional.of(
        new Plot(
            new Caption(
                "latency-percentiles",
                Sentences.latency(sweep, cell),
                Sweep.workers(cell.workers()) + ", " + sweep.constantsOverWorkers(List.of(cell)),
                "Closed loop: as many clients as workers, each with one task at a time. Bars are 95%"
                    + " intervals; p99.9 and max have none."),
            Orientation.UPRIGHT,
            Slots.of("percentile of tasks", PERCENTILES),
            Axis.logarithmic("latency, log scale", Unit.NANOS, lowest(series), highest(series)),
            List.of(),
            List.of(),
            series));
  }

  private static List<Point> points(Sweep sweep, Cell cell, Model model, Latency latency) {
    int launches = latency.p99().samples();
    List<Estimate> numbers =
        List.of(
            latency.p50(),
            latency.p90(),
            latency.p99(),
            bare(latency.p999(), launches),
            bare(latency.max(), launches));
    List<List<Ratio>> ratios =
        List.of(
            sweep.ratios(Metric.LATENCY_P50, cell, model),
            List.of(),
            sweep.ratios(Metric.LATENCY_P99, cell, model),
            List.of(),
            List.of());
    List<Point> points = new ArrayList<>();
    for (int slot = 0; slot < numbers.size(); slot++) {
      if (Point.drawable(numbers.get(slot))) {
        points.add(
            Point.of(slot + sweep.dodge(model), PERCENTILES.get(slot), cell, numbers.get(slot))
                .with(0, ratios.get(slot)));
      }
    }
    return points;
  }

  /// Latency under scheduled arrivals, by load.
  static Optional<Plot> openLoop(Analysis analysis) {
    List<OpenLoopResult> results = analysis.openLoop();
    if (results.isEmpty()) {
      return Optional.empty();
    }
    List<Double> loads = results.stream().map(OpenLoopResult::load).distinct().sorted().toList();
    List<Series> series = new ArrayList<>();
    for (Model model : new Sweep(analysis).models()) {
      openLoop(analysis, loads, model, "median", OpenLoopResult::p50).ifPresent(series::add);
      openLoop(analysis, loads, model, "p99", OpenLoopResult::p99).ifPresent(series::add);
    }
    Cell cell = results.getFirst().cell();
    return Optional.of(
        new Plot(
            new Caption(
                "open-loop-latency",
                Sentences.openLoop(results, loads.getLast()),
                Sweep.workers(cell.workers())
                    + ", "
                    + new Sweep(analysis).constantsOverWorkers(List.of(cell)),
                "Each task is timed from when it was due. Strong: 99 of 100 tasks. Faint, dashed:"
                    + " half of them. Without intervals; the table has the spread of the stretches."),
            Orientation.UPRIGHT,
            Slots.of(
                "load, as a share of what the slowest model can do",
                loads.stream().map(Quantity::percent).toList()),
            Axis.logarithmic("latency, log scale", Unit.NANOS, lowest(series), highest(series)),
            List.of(),
            List.of(),
            series));
  }

  private static Optional<Series> openLoop(
      Analysis analysis,
      List<Double> loads,
      Model model,
      String state,
      ToDoubleFunction<OpenLoopResult> nanos) {
    boolean faint = state.equals("median");
    List<Point> points = new ArrayList<>();
    for (OpenLoopResult result : analysis.openLoop()) {
      double value = nanos.applyAsDouble(result);
      if (result.model() == model && value > 0) {
        points.add(
            Point.of(
                loads.indexOf(result.load()) + new Sweep(analysis).dodge(model),
                Quantity.percent(result.load()) + " load",
                result.cell(),
                bare(value, result.trials())));
      }
    }
    points.sort(Comparator.comparingDouble(Point::at));
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new Series(model, state, faint, true, points, faint ? "" : model.label()));
  }

  private static Estimate bare(double nanos, int samples) {
    return new Estimate(nanos, nanos, nanos, Math.max(1, samples));
  }

  static double lowest(List<Series> series) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(
            point -> point.low() > 0 ? Math.min(point.low(), point.value()) : point.value())
        .min()
        .orElse(1);
  }

  static double highest(List<Series> series) {
    return series.stream()
        .flatMap(each -> each.points().stream())
        .mapToDouble(point -> Math.max(point.high(), point.value()))
        .max()
        .orElse(10);
  }
}
