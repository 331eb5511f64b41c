package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Plot.Orientation;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
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
    List<Series> series = new ArrayList<>();
    series.addAll(series(analysis, "until the first reply", true, Footprint::firstReply));
    series.addAll(series(analysis, "until all replied", false, Footprint::allReplies));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        plot(
            analysis,
            new Words(
                "start-up-by-workers",
                Sentences.startUp(analysis),
                "from asking for a pool, in a JVM that is already running",
                "Strong: until every worker has replied. Faint, dashed: until the first reply."),
            Axis.logarithmic(
                "time, log scale",
                Unit.NANOS,
                LatencyCharts.lowest(series) / ROOM_FOR_LABEL,
                LatencyCharts.highest(series)),
            series));
  }

  private static Optional<Plot> memory(
      Analysis analysis, String id, String axis, Function<Memory, Estimate> size, String title) {
    List<Series> series = new ArrayList<>();
    series.addAll(series(analysis, "idle", true, in(Phase.IDLE, size)));
    series.addAll(series(analysis, "under load", false, in(Phase.LOADED, size)));
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        plot(
            analysis,
            new Words(
                id,
                title,
                "whole process tree, one model alive",
                "Strong: under load. Faint, dashed: idle."),
            Axis.fromZero(axis, Unit.MEBIBYTES, WorkerCharts.highest(series, List.of())),
            series));
  }

  /// @param states what tells a model's two series apart
  private record Words(String id, String title, String subtitle, String states) {}

  private static Plot plot(Analysis analysis, Words words, Axis numbers, List<Series> series) {
    List<Cell> cells = cells(analysis);
    return new Plot(
        new Caption(
            words.id(),
            words.title(),
            words.subtitle(),
            words.states() + " " + WorkerCharts.INTERVALS),
        Orientation.UPRIGHT,
        WorkerCharts.slots(cells),
        numbers,
        WorkerCharts.bands(cells),
        List.of(),
        series);
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

  private static List<Series> series(
      Analysis analysis, String state, boolean faint, Function<Footprint, Estimate> number) {
    List<Cell> cells = cells(analysis);
    Sweep sweep = new Sweep(analysis);
    List<Series> series = new ArrayList<>();
    for (Model model : sweep.models()) {
      List<Point> points = new ArrayList<>();
      for (int slot = 0; slot < cells.size(); slot++) {
        Cell cell = cells.get(slot);
        double at = slot + sweep.dodge(model) + (faint ? -STATE : STATE);
        analysis.footprints().stream()
            .filter(footprint -> footprint.model() == model && footprint.cell().equals(cell))
            .map(number)
            .filter(Point::drawable)
            .findFirst()
            .map(found -> Point.of(at, Sweep.workers(cell.workers()), cell, found))
            .ifPresent(points::add);
      }
      if (!points.isEmpty()) {
        series.add(new Series(model, state, faint, true, points, faint ? "" : model.label()));
      }
    }
    return series;
  }
}
