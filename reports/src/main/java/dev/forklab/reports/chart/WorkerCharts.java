package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Plot.Band;
import dev.forklab.reports.chart.Plot.Guide;
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

/// Throughput and efficiency against the number of workers.
final class WorkerCharts {

  static final String OVERSUBSCRIBED = " oversubscribed";

  static final String INTERVALS =
      "Bars are 95% intervals; where none is seen, it is narrower than the marker.";

  private WorkerCharts() {}

  static Optional<Plot> throughput(Analysis analysis, Sweep sweep) {
    List<Cell> cells = sweep.overWorkers();
    List<Line> lines = lines(sweep, cells, sweep.models(), CellResult::throughput);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<Guide> ideal = ideal(sweep, cells);
    Axis y = Axis.fromZero("tasks per second", highest(lines, ideal));
    return Optional.of(
        new Plot(
            "throughput-by-workers",
            Sentences.throughput(analysis, sweep),
            sweep.constantsOverWorkers(cells),
            Orientation.UPRIGHT,
            x(cells),
            y,
            bands(cells),
            ideal,
            lines,
            footnote(
                cells, " Ideal is the CPUs in use times inline, measured in the same rounds.")));
  }

  static Optional<Plot> efficiency(Sweep sweep) {
    List<Cell> cells = sweep.overWorkers();
    Function<CellResult, Optional<Estimate>> known =
        result -> result.efficiency().filter(share -> !share.tooWide());
    List<Line> lines = lines(sweep, cells, sweep.pools(), known);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    double lowest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::low)
            .min()
            .orElse(0);
    double foot = Math.clamp(Math.floor(lowest * 10) / 10 - 0.1, 0, 0.8);
    double top = Math.max(1.05, highest(lines, List.of()) * 1.02);
    String title =
        "share of ideal" + (foot > 0 ? " (axis starts at " + Quantity.percent(foot) + ")" : "");
    Axis y = Axis.linear(title, foot, top, Quantity::percent);
    Guide full =
        new Guide(
            "ideal",
            List.of(Point.bare(-0.4, 1), Point.bare(cells.size() - 0.6, 1)),
            "ideal: 100%");
    return Optional.of(
        new Plot(
            "efficiency-by-workers",
            Sentences.efficiency(sweep),
            sweep.constantsOverWorkers(cells),
            Orientation.UPRIGHT,
            x(cells),
            y,
            bands(cells),
            List.of(full),
            lines,
            footnote(cells, " 100% is the CPUs in use times inline, paired within rounds.")
                + leftOut(sweep, cells)));
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
        return List.of(new Band(slot - 0.5, cells.size() - 0.6, OVERSUBSCRIBED.strip()));
      }
    }
    return List.of();
  }

  /// Bars and region explained.
  static String footnote(List<Cell> cells, String more) {
    String sharing =
        cells.stream()
            .filter(Cell::oversubscribed)
            .findFirst()
            .map(cell -> " Oversubscribed: more workers than CPUs (" + cell.cpus() + ").")
            .orElse("");
    return INTERVALS + sharing + more;
  }

  static Axis x(List<Cell> cells) {
    return Axis.slots(
        "workers", cells.stream().map(cell -> Integer.toString(cell.workers())).toList());
  }

  /// The lines of each model: joined where each worker has a CPU, separate and hollow where not.
  static List<Line> lines(
      Sweep sweep,
      List<Cell> cells,
      List<Model> models,
      Function<CellResult, Optional<Estimate>> number) {
    List<Line> lines = new ArrayList<>();
    for (Model model : models) {
      List<Point> scaling = new ArrayList<>();
      List<Point> sharing = new ArrayList<>();
      for (int slot = 0; slot < cells.size(); slot++) {
        Cell cell = cells.get(slot);
        double x = slot + dodge(models, model);
        sweep
            .result(cell, model)
            .flatMap(number)
            .filter(Point::drawable)
            .ifPresent(estimate ->
                (cell.oversubscribed() ? sharing : scaling).add(Point.upright(x, estimate)));
      }
      Look look = Look.of(model);
      if (!scaling.isEmpty()) {
        lines.add(new Line(model.id(), look, scaling, sharing.isEmpty() ? model.label() : null));
      }
      if (!sharing.isEmpty()) {
        lines.add(
            new Line(
                model.id() + OVERSUBSCRIBED,
                look.hollow(Look.Stroke.DOTTED),
                sharing,
                model.label()));
      }
    }
    return lines;
  }

  /// A shift that keeps models with equal numbers apart.
  static double dodge(List<Model> models, Model model) {
    return (models.indexOf(model) - (models.size() - 1) / 2.0) * 0.075;
  }

  static double highest(List<Line> lines, List<Guide> guides) {
    double highest = 0;
    for (Line line : lines) {
      for (Point point : line.points()) {
        highest = Math.max(highest, Math.max(point.y(), point.high()));
      }
    }
    for (Guide guide : guides) {
      for (Point point : guide.points()) {
        highest = Math.max(highest, point.y());
      }
    }
    return highest;
  }

  private static List<Guide> ideal(Sweep sweep, List<Cell> cells) {
    List<Point> points = new ArrayList<>();
    for (int slot = 0; slot < cells.size(); slot++) {
      double x = slot;
      Cell cell = cells.get(slot);
      sweep
          .result(cell, Model.INLINE)
          .flatMap(CellResult::throughput)
          .filter(Point::drawable)
          .ifPresent(inline -> points.add(Point.bare(x, inline.value() * cell.cpus())));
    }
    if (points.size() == 1) {
      double height = points.getFirst().y();
      double x = points.getFirst().x();
      points.set(0, Point.bare(x - 0.3, height));
      points.add(Point.bare(x + 0.3, height));
    }
    return points.isEmpty() ? List.of() : List.of(new Guide("ideal", points, "ideal"));
  }
}
