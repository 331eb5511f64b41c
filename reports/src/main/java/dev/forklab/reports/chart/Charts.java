package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The charts of a run.
public final class Charts {

  private Charts() {}

  /// All charts that this analysis has data for, in reading order; none if it has no data.
  public static List<Chart> of(Analysis analysis) {
    return pictures(analysis).stream().map(Chart::new).toList();
  }

  static List<Picture> pictures(Analysis analysis) {
    Sweep sweep = new Sweep(analysis);
    return Stream.<Optional<? extends Picture>>of(
            FindingCharts.throughput(analysis),
            WorkerCharts.throughput(analysis, sweep),
            WorkerCharts.efficiency(sweep),
            LatencyCharts.percentiles(sweep),
            LatencyCharts.openLoop(analysis),
            SizeCharts.throughput(analysis, sweep),
            SizeCharts.latency(analysis, sweep),
            FootprintCharts.memory(analysis),
            FootprintCharts.uniqueMemory(analysis),
            FootprintCharts.startUp(analysis),
            TaskStack.of(analysis),
            RegimePicture.of(analysis))
        .<Picture>flatMap(Optional::stream)
        .toList();
  }

  /// Those of them that are plots.
  static List<Plot> plots(Analysis analysis) {
    return pictures(analysis).stream()
        .filter(Plot.class::isInstance)
        .map(Plot.class::cast)
        .toList();
  }
}
