package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What was measured: each chart with its table.
final class ChartSections {

  private final Figures figures;
  private final MeasurementTables measurements;
  private final FootprintTables footprints;
  private final Table openLoop;
  private final Table effort;
  private final Table isolation;

  ChartSections(Analysis analysis, Figures figures) {
    this.figures = figures;
    measurements = new MeasurementTables(analysis);
    footprints = new FootprintTables(analysis);
    openLoop = OpenLoopTable.of(analysis);
    effort = EffortTable.of(analysis);
    isolation = IsolationTable.of(analysis);
  }

  List<Section> sections() {
    return List.of(throughput(), latency(), memory(), sizes(), startUp());
  }

  private Section throughput() {
    List<Html> content = new ArrayList<>();
    content.addAll(figures.of("throughput-by-workers", measurements.throughputByWorkers()));
    content.addAll(figures.of("efficiency-by-workers", measurements.efficiencyByWorkers()));
    fold(content, measurements.cpuByWorkers(), effort, isolation);
    return new Section("throughput", "Throughput and efficiency", content);
  }

  private Section latency() {
    List<Html> content =
        new ArrayList<>(figures.of("latency-percentiles", measurements.latencyPercentiles()));
    content.addAll(figures.of("open-loop-latency", openLoop));
    return new Section("latency", "Latency", content);
  }

  private Section sizes() {
    Table throughput = measurements.throughputBySize();
    List<Html> content = new ArrayList<>();
    if (throughput.rows().size() > 1) {
      content.addAll(figures.of("throughput-by-size", throughput));
      figures
          .take("latency-by-size")
          .ifPresent(chart -> {
            content.add(chart);
            fold(content, measurements.latencyBySize());
          });
    }
    return new Section("sizes", "Message size and codec", content);
  }

  private Section memory() {
    List<Html> content = new ArrayList<>();
    figures.take("memory-by-workers").ifPresent(content::add);
    content.addAll(figures.of("unique-memory-by-workers", footprints.memory()));
    fold(content, footprints.shares(), footprints.growth());
    return new Section("memory", "Memory", content);
  }

  private Section startUp() {
    return new Section(
        "start-up", "Start-up", figures.of("start-up-by-workers", footprints.startUp()));
  }

  Section everything() {
    List<Html> content = new ArrayList<>();
    fold(content, measurements.everything());
    return new Section("everything", "All numbers", content);
  }

  private static void fold(List<Html> content, Table... tables) {
    Stream.of(tables)
        .filter(table -> !table.isEmpty())
        .forEach(table -> content.add(Figures.folded(table)));
  }
}
