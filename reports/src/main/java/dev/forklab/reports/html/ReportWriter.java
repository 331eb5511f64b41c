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
/// `results.csv`, and each chart as `charts/NAME.svg`, the plots among them as `charts/NAME.png`
/// too.
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
  /// @param withoutPictures why no PNG files were written though there are charts, in one sentence
  public record Written(Path page, int charts, Optional<String> withoutPictures) {}

  /// Writes everything. A machine without fonts gets no PNG files, and the reason.
  ///
  /// @param run the run directory; its name is the run's id in the report
  /// @param directory where the report goes, which exists: the run directory or another one
  public static Written write(Analysis analysis, Path run, Path directory) throws IOException {
    List<Chart> charts = Charts.of(analysis);
    Optional<String> withoutPictures = Optional.empty();
    Path directoryOfCharts = directory.resolve(CHARTS_DIRECTORY);
    if (Files.isSymbolicLink(directoryOfCharts)) {
      throw new FileSystemException(
          directoryOfCharts.toString(), null, "expected a directory, found a link; remove it");
    }
    Files.createDirectories(directoryOfCharts);
    for (Chart chart : charts) {
      WholeFile.write(directoryOfCharts.resolve(chart.id() + ".svg"), chart.svg());
    }
    try {
      writePictures(charts, directoryOfCharts);
    } catch (NoFontException e) {
      withoutPictures = Optional.of(String.valueOf(e.getMessage()));
    }
    String runId = runId(run);
    WholeFile.write(directory.resolve(RESULTS_FILE), Csv.of(analysis));
    WholeFile.write(directory.resolve(SUMMARY_FILE), Summary.of(analysis, runId));
    Path page = directory.resolve(REPORT_FILE);
    WholeFile.write(page, new Page(analysis, runId, charts, withoutPictures).html());
    return new Written(page, charts.size(), withoutPictures);
  }

  private static void writePictures(List<Chart> charts, Path directory)
      throws IOException, NoFontException {
    for (Chart chart : charts) {
      Optional<byte[]> png = chart.png();
      if (png.isPresent()) {
        WholeFile.write(directory.resolve(chart.id() + ".png"), png.get());
      }
    }
  }

  static String runId(Path run) {
    Path name = run.toAbsolutePath().normalize().getFileName();
    return name == null ? "run" : name.toString();
  }
}
