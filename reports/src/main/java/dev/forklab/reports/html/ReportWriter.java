package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.Charts;
import dev.forklab.reports.chart.NoFontException;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Writes the report of an analysis into a run directory: `report.html`, `summary.md`,
/// `results.csv`, and each chart as `charts/NAME.png` and `charts/NAME.svg`.
///
/// Files of an earlier report are replaced, each whole or not at all. Nothing else in the directory
/// is touched.
public final class ReportWriter {

  public static final String REPORT_FILE = "report.html";
  public static final String SUMMARY_FILE = "summary.md";
  public static final String RESULTS_FILE = "results.csv";
  public static final String CHARTS_DIRECTORY = "charts";

  private ReportWriter() {}

  /// What was written.
  ///
  /// @param page the report to open
  /// @param charts how many charts it holds
  /// @param withoutCharts why it has none though there was data, in one sentence
  public record Written(Path page, int charts, Optional<String> withoutCharts) {}

  /// Writes everything. A machine without fonts gets a report without charts, and the reason.
  ///
  /// @param run the run directory; its name is the run's id in the report
  /// @param directory where the report goes, which exists: the run directory or another one
  public static Written write(Analysis analysis, Path run, Path directory) throws IOException {
    List<Chart> charts = List.of();
    Optional<String> withoutCharts = Optional.empty();
    try {
      charts = Charts.of(analysis);
    } catch (NoFontException e) {
      withoutCharts = Optional.of(String.valueOf(e.getMessage()));
    }
    Path directoryOfCharts = directory.resolve(CHARTS_DIRECTORY);
    if (Files.isSymbolicLink(directoryOfCharts)) {
      throw new FileSystemException(
          directoryOfCharts.toString(), null, "expected a directory, found a link; remove it");
    }
    Files.createDirectories(directoryOfCharts);
    for (Chart chart : charts) {
      WholeFile.write(directoryOfCharts.resolve(chart.id() + ".png"), chart.png());
      WholeFile.write(directoryOfCharts.resolve(chart.id() + ".svg"), chart.svg());
    }
    String runId = runId(run);
    WholeFile.write(directory.resolve(RESULTS_FILE), Csv.of(analysis));
    WholeFile.write(directory.resolve(SUMMARY_FILE), Summary.of(analysis, runId));
    Path page = directory.resolve(REPORT_FILE);
    WholeFile.write(page, new Page(analysis, runId, charts, withoutCharts).html());
    return new Written(page, charts.size(), withoutCharts);
  }

  static String runId(Path run) {
    Path name = run.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }
}
