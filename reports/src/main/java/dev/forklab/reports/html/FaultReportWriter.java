package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.faults.FaultAnswer;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.results.Way;
import dev.forklab.results.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes the report of a run of faults: `report.html`, `summary.md` and `results.csv`. Files of an
/// earlier report are replaced, each whole or not at all.
public final class FaultReportWriter {

  private FaultReportWriter() {}

  /// Writes all.
  ///
  /// @param beside a run of `lab bench`, which says what isolation costs
  /// @param run the run directory; its name is the run's id in the report
  /// @param directory where the report goes, which exists
  /// @return the page to open
  public static Path write(
      FaultFindings findings, Optional<Analysis> beside, Path run, Path directory)
      throws IOException {
    String runId = ReportWriter.runId(run);
    WholeFile.write(directory.resolve(ReportWriter.RESULTS_FILE), FaultCsv.of(findings));
    WholeFile.write(directory.resolve(ReportWriter.SUMMARY_FILE), summary(findings));
    Path page = directory.resolve(ReportWriter.REPORT_FILE);
    WholeFile.write(page, new FaultPage(findings, beside, runId).html());
    return page;
  }

  private static String summary(FaultFindings findings) {
    FaultAnswer answer = FaultAnswer.of(findings);
    FaultTables tables = new FaultTables(findings);
    List<String> parts = new ArrayList<>();
    parts.add("## " + Markdown.text(answer.headline()) + "\n");
    parts.add(
        answer.lines().stream()
            .map(line -> "- " + Markdown.text(line) + "\n")
            .collect(Collectors.joining()));
    for (Way way : Way.values()) {
      parts.add(tables.overview(way).isEmpty() ? "" : Markdown.table(tables.overview(way)));
    }
    parts.add(tables.failures().isEmpty() ? "" : Markdown.table(tables.failures()));
    parts.add(Markdown.code(findings.run().command()));
    parts.removeIf(String::isEmpty);
    return String.join("\n", parts);
  }
}
