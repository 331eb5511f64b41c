package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.chart.Chart;
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

  ChartSections(Analysis analysis, List<Chart> charts) {
    figures = new Figures(charts);
    measurements = new MeasurementTables(analysis);
    footprints = new FootprintTables(analysis);
    openLoop = OpenLoopTable.of(analysis);
    effort = EffortTable.of(analysis);
    isolation = IsolationTable.of(analysis);
  }

  List<Section> sections() {
    return List.of(throughput(), latency(), sizes(), memory(), startUp(), everything());
  }

  private Section throughput() {
    List<Html> content = new ArrayList<>();
    content.addAll(figures.of("throughput-by-workers", measurements.throughputByWorkers()));
    content.addAll(figures.of("efficiency-by-workers", measurements.efficiencyByWorkers()));
    Stream.of(measurements.cpuByWorkers(), effort, isolation)
        .filter(table -> !table.isEmpty())
        .forEach(table -> content.add(table.html()));
    return new Section("throughput", "Throughput", content);
  }

  private Section latency() {
    List<Html> content =
        new ArrayList<>(figures.of("latency-percentiles", measurements.latencyPercentiles()));
    if (!openLoop.isEmpty()) {
      content.add(openLoop.html());
    }
    return new Section("latency", "Latency", content);
  }

  private Section sizes() {
    Table throughput = measurements.throughputBySize();
    List<Html> content = new ArrayList<>();
    if (throughput.rows().size() > 1) {
      content.addAll(figures.of("throughput-by-size", throughput));
      content.addAll(figures.of("latency-by-size", measurements.latencyBySize()));
    }
    return new Section("sizes", "Message size", content);
  }

  private Section memory() {
    List<Html> content = new ArrayList<>();
    figures.chart("memory-by-workers").ifPresent(content::add);
    content.addAll(figures.of("unique-memory-by-workers", footprints.memory()));
    Stream.of(footprints.shares(), footprints.growth())
        .filter(table -> !table.isEmpty())
        .forEach(table -> content.add(table.html()));
    return new Section("memory", "Memory", content);
  }

  private Section startUp() {
    return new Section(
        "start-up", "Start-up", figures.of("start-up-by-workers", footprints.startUp()));
  }

  private Section everything() {
    Table table = measurements.everything();
    return new Section(
        "everything", "All numbers", table.isEmpty() ? List.of() : List.of(table.html()));
  }
}
