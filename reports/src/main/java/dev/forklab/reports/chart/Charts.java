package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The charts of a run.
public final class Charts {

  private Charts() {}

  /// All charts that this analysis has data for, in reading order; none if it has no data.
  ///
  /// @throws NoFontException if this machine has no font to draw with
  public static List<Chart> of(Analysis analysis) throws NoFontException {
    requireFont();
    return plots(analysis).stream().map(Chart::new).toList();
  }

  static List<Plot> plots(Analysis analysis) {
    Sweep sweep = new Sweep(analysis);
    return Stream.of(
            FindingCharts.throughput(analysis),
            WorkerCharts.throughput(analysis, sweep),
            WorkerCharts.efficiency(sweep),
            LatencyCharts.percentiles(sweep),
            SizeCharts.throughput(analysis, sweep),
            SizeCharts.latency(analysis, sweep),
            FootprintCharts.memory(analysis),
            FootprintCharts.uniqueMemory(analysis),
            FootprintCharts.startUp(analysis))
        .flatMap(Optional::stream)
        .toList();
  }

  /// Java loads its fonts lazily and reports their lack as errors of linking or of the VM.
  static void requireFont() throws NoFontException {
    try {
      if (!(Lettering.Style.TITLE.width("font") > 0)) {
        throw new NoFontException(new IllegalStateException("text has no width"));
      }
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new NoFontException(e);
    }
  }
}
