package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.html.ReportWriter;
import dev.forklab.reports.results.RunDirectory;
import dev.forklab.reports.results.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// Writes the report of a run directory and says the answer on the terminal.
final class ReportOutput {

  private ReportOutput() {}

  /// Does both; the exit code says whether a trial failed and was not made good since.
  ///
  /// @param into where the report goes: the run directory or another one
  static int write(RunDirectory directory, Path into, CommandLine command) throws IOException {
    List<Trial> trials = directory.readTrials();
    Analysis analysis = Analyzer.analyze(directory.readRun(), trials);
    Files.createDirectories(into);
    ReportWriter.Written written = ReportWriter.write(analysis, into);
    PrintWriter out = command.getOut();
    out.println(analysis.answer().headline());
    analysis.answer().lines().forEach(line -> out.println("  - " + line));
    analysis.answer().caveats().forEach(caveat -> out.println("  ! " + caveat));
    written.withoutCharts().ifPresent(reason -> out.println("  ! " + reason));
    out.println("report: " + written.page());
    out.flush();
    Map<Integer, Trial> last = new HashMap<>();
    trials.forEach(trial -> last.put(trial.planned().index(), trial));
    boolean failed = last.values().stream().anyMatch(trial -> trial.failure() != null);
    return failed ? ExitCode.INCOMPLETE : ExitCode.OK;
  }
}
