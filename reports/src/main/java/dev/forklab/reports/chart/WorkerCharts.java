package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Band;
import dev.forklab.reports.chart.Plot.Guide;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Ratio;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.chart.Plot.Spot;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Throughput and efficiency against the number of workers.
final class WorkerCharts {

  private static final String OVERSUBSCRIBED = "oversubscribed";

  static final String INTERVALS =
      "Bars are 95% intervals; where none is seen, it is narrower than the marker.";

  private WorkerCharts() {}

  /// What a chart shows of a result.
  interface Reading {
    Optional<Estimate> of(CellResult result);
  }

  static Optional<Plot> throughput(Analysis analysis, Sweep sweep) {
    List<Cell> cells = sweep.overWorkers();
    List<Series> series =
        overWorkers(sweep, sweep.models(), Optional.of(Metric.THROUGHPUT), CellResult::throughput);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    List<Guide> ideal = ideal(sweep, cells);
    return Optional.of(
        new Plot(
            new Caption(
                "throughput-by-workers",
                Sentences.throughput(analysis, sweep),
                sweep.constantsOverWorkers(cells),
                INTERVALS + " Ideal is the CPUs in use times inline, measured in the same rounds."),
            Orientation.UPRIGHT,
            slots(cells),
            Axis.fromZero("tasks per second", Unit.RATE, highest(series, ideal)),
            bands(cells),
            ideal,
            series));
  }

  static Optional<Plot> efficiency(Sweep sweep) {
    List<Cell> cells = sweep.overWorkers();
    List<Series> series =
        overWorkers(
            sweep,
            sweep.pools(),
            Optional.empty(),
            result -> result.efficiency().filter(share -> !share.tooWide()));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    Guide full =
        new Guide(
            "ideal", List.of(new Spot(-0.4, 1), new Spot(cells.size() - 0.6, 1)), "ideal: 100%");
    return Optional.of(
        new Plot(
            new Caption(
                "efficiency-by-workers",
                Sentences.efficiency(sweep),
                sweep.constantsOverWorkers(cells),
                INTERVALS
                    + " 100% is the CPUs in use times inline, paired within rounds."
                    + leftOut(sweep, cells)),
            Orientation.UPRIGHT,
            slots(cells),
            shares(series),
            bands(cells),
            List.of(full),
            series));
  }

  private static Axis shares(List<Series> series) {
    double lowest =
        series.stream()
            .flatMap(each -> each.points().stream())
            .mapToDouble(Point::low)
            .min()
            .orElse(0);
    double foot = Math.clamp(Math.floor(lowest * 10) / 10 - 0.1, 0, 0.8);
    double top = Math.max(1.05, highest(series, List.of()) * 1.02);
    String title =
        "share of ideal" + (foot > 0 ? " (axis starts at " + Unit.SHARE.tick(foot) + ")" : "");
    return new Axis(title, Unit.SHARE, false, foot, top);
  }

  private static String leftOut(Sweep sweep, List<Cell> cells) {
    long tooWide =
        sweep.pools().stream()
            .flatMap(model -> cells.stream().flatMap(cell -> sweep.result(cell, model).stream()))
            .flatMap(result -> result.efficiency().stream())
            .filter(Estimate::tooWide)
            .count();
    return tooWide == 0 ? "" : " " + tooWide + " left out, " + Verdict.UNMEASURED_WORDS + ".";
  }

  /// The region where workers share CPUs.
  static List<Band> bands(List<Cell> cells) {
    for (int slot = 0; slot < cells.size(); slot++) {
      if (cells.get(slot).oversubscribed()) {
        return List.of(new Band(slot - 0.5, cells.size() - 0.6, OVERSUBSCRIBED));
      }
    }
    return List.of();
  }

  static Slots slots(List<Cell> cells) {
    return Slots.of(
        "workers", cells.stream().map(cell -> Integer.toString(cell.workers())).toList());
  }

  private static List<Series> overWorkers(
      Sweep sweep, List<Model> models, Optional<Metric> compared, Reading number) {
    return series(
        sweep,
        sweep.overWorkers(),
        models,
        cell -> Sweep.workers(cell.workers()),
        compared,
        number);
  }

  /// A series for each model that has the number in any of these cells, a slot for each cell.
  ///
  /// @param where names a cell
  /// @param compared the metric in which models were compared with each other, if it is one
  static List<Series> series(
      Sweep sweep,
      List<Cell> cells,
      List<Model> models,
      Function<Cell, String> where,
      Optional<Metric> compared,
      Reading number) {
    List<Series> series = new ArrayList<>();
    for (Model model : models) {
      List<Point> points = new ArrayList<>();
      for (int slot = 0; slot < cells.size(); slot++) {
        Cell cell = cells.get(slot);
        double at = slot + sweep.dodge(model);
        List<Ratio> ratios =
            compared.map(metric -> sweep.ratios(metric, cell, model)).orElse(List.of());
        sweep
            .result(cell, model)
            .ifPresent(result ->
                number
                    .of(result)
                    .filter(Point::drawable)
                    .map(found ->
                        Point.of(at, where.apply(cell), cell, found).with(result.slices(), ratios))
                    .ifPresent(points::add));
      }
      if (!points.isEmpty()) {
        series.add(Series.of(model, true, points));
      }
    }
    return series;
  }

  static double highest(List<Series> series, List<Guide> guides) {
    double highest = 0;
    for (Series each : series) {
      for (Point point : each.points()) {
        highest = Math.max(highest, Math.max(point.value(), point.high()));
      }
    }
    for (Guide guide : guides) {
      for (Spot spot : guide.spots()) {
        highest = Math.max(highest, spot.value());
      }
    }
    return highest;
  }

  private static List<Guide> ideal(Sweep sweep, List<Cell> cells) {
    List<Spot> spots = new ArrayList<>();
    for (int slot = 0; slot < cells.size(); slot++) {
      double at = slot;
      Cell cell = cells.get(slot);
      sweep
          .result(cell, Model.INLINE)
          .flatMap(CellResult::throughput)
          .filter(Point::drawable)
          .ifPresent(inline -> spots.add(new Spot(at, inline.value() * cell.cpus())));
    }
    if (spots.size() == 1) {
      Spot only = spots.getFirst();
      spots.set(0, new Spot(only.at() - 0.3, only.value()));
      spots.add(new Spot(only.at() + 0.3, only.value()));
    }
    return spots.isEmpty() ? List.of() : List.of(new Guide("ideal", spots, "ideal"));
  }
}
