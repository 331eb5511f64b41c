package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.chart.Plot.Line;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Memory and start-up against the number of workers: measured alone, two states in each chart.
final class FootprintCharts {

  private static final double MEBIBYTE = 1024 * 1024;

  /// Half of the shift between a model's two states, so that their intervals do not cover.
  private static final double STATE = 0.016;

  /// How far below the lowest point a time axis reaches, for the baseline's label below its point.
  private static final double ROOM_FOR_LABEL = 2;

  private FootprintCharts() {}

  /// Proportional set size where the platform gives it, resident set size elsewhere.
  static Optional<Plot> memory(Analysis analysis) {
    boolean proportional =
        analysis.footprints().stream()
            .flatMap(footprint -> footprint.memory().values().stream())
            .anyMatch(memory -> memory.pss().known());
    return proportional
        ? memory(
            analysis,
            "memory-by-workers",
            "proportional set size, PSS, MiB",
            Memory::pss,
            Sentences.memory(analysis, Memory::pss))
        : memory(
            analysis,
            "memory-by-workers",
            "resident set size, RSS (shared pages counted once per process), MiB",
            Memory::rss,
            Sentences.memory(analysis, Memory::rss));
  }

  static Optional<Plot> uniqueMemory(Analysis analysis) {
    return memory(
        analysis,
        "unique-memory-by-workers",
        "unique set size, USS, MiB",
        Memory::uss,
        Sentences.uniqueMemory(analysis));
  }

  static Optional<Plot> startUp(Analysis analysis) {
    List<Line> lines = new ArrayList<>();
    lines.addAll(lines(analysis, " first", true, Footprint::firstReply));
    lines.addAll(lines(analysis, " all", false, Footprint::allReplies));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    return Optional.of(
        plot(
            analysis,
            "start-up-by-workers",
            Sentences.startUp(analysis),
            "from asking for a pool, in a JVM that is already running",
            Axis.logarithmic(
                "time, log scale",
                LatencyCharts.lowest(all) / ROOM_FOR_LABEL,
                LatencyCharts.highest(all),
                Quantity::chosenTime),
            lines,
            "Filled, solid: until every worker has replied. Hollow, dashed: until the first reply."));
  }

  private static Optional<Plot> memory(
      Analysis analysis, String id, String axis, Function<Memory, Estimate> size, String title) {
    List<Line> lines = new ArrayList<>();
    lines.addAll(lines(analysis, " idle", true, in(Phase.IDLE, size)));
    lines.addAll(lines(analysis, " loaded", false, in(Phase.LOADED, size)));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Axis y = Axis.fromZero(axis, WorkerCharts.highest(lines, List.of()));
    return Optional.of(
        plot(
            analysis,
            id,
            title,
            "whole process tree, one model alive",
            y,
            lines,
            "Filled, solid: under load. Hollow, dashed: idle."));
  }

  private static Plot plot(
      Analysis analysis,
      String id,
      String title,
      String subtitle,
      Axis y,
      List<Line> lines,
      String footnote) {
    List<Cell> cells = cells(analysis);
    return new Plot(
        id,
        title,
        subtitle,
        Orientation.UPRIGHT,
        WorkerCharts.x(cells),
        y,
        WorkerCharts.bands(cells),
        List.of(),
        lines,
        footnote + " " + WorkerCharts.footnote(cells, ""));
  }

  private static Function<Footprint, Estimate> in(Phase phase, Function<Memory, Estimate> size) {
    return footprint -> {
      Memory memory = footprint.memory().get(phase);
      return memory == null ? Estimate.unknown() : mebibytes(size.apply(memory));
    };
  }

  private static Estimate mebibytes(Estimate bytes) {
    return bytes.known()
        ? new Estimate(
            bytes.value() / MEBIBYTE,
            bytes.low() / MEBIBYTE,
            bytes.high() / MEBIBYTE,
            bytes.samples())
        : bytes;
  }

  /// The first cell of each worker count, fewest workers first.
  static List<Cell> cells(Analysis analysis) {
    List<Cell> cells = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      if (cells.stream().noneMatch(cell -> cell.workers() == footprint.cell().workers())) {
        cells.add(footprint.cell());
      }
    }
    cells.sort(Comparator.comparingInt(Cell::workers));
    return cells;
  }

  private static List<Line> lines(
      Analysis analysis, String state, boolean faint, Function<Footprint, Estimate> number) {
    List<Cell> cells = cells(analysis);
    List<Model> models = new ArrayList<>(new Sweep(analysis).models());
    List<Line> lines = new ArrayList<>();
    for (Model model : models) {
      List<Point> points = new ArrayList<>();
      for (int slot = 0; slot < cells.size(); slot++) {
        Cell cell = cells.get(slot);
        double x = slot + WorkerCharts.dodge(models, model) + (faint ? -STATE : STATE);
        analysis.footprints().stream()
            .filter(footprint -> footprint.model() == model && footprint.cell().equals(cell))
            .map(number)
            .filter(Point::drawable)
            .findFirst()
            .ifPresent(estimate -> points.add(Point.upright(x, estimate)));
      }
      if (!points.isEmpty()) {
        Look look = Look.of(model);
        lines.add(
            new Line(
                model.id() + state,
                faint ? look.hollow(Look.Stroke.DASHED) : look,
                points,
                faint ? null : model.label()));
      }
    }
    return lines;
  }
}
