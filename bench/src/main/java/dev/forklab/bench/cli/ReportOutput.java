package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.html.ReportWriter;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/// Writes the report of a run directory and says the answer on the terminal.
final class ReportOutput {

  private ReportOutput() {}

  /// Does both; the exit code says whether a trial failed and was not made good since.
  ///
  /// @param into where the report goes: the run directory or another one
  static int write(RunDirectory directory, Path into, CommandLine command) {
    List<Trial> trials = directory.readTrials();
    Analysis analysis = Analyzer.analyze(directory.readRun(), trials);
    ReportWriter.Written written =
        into(into, directory.path(), () -> ReportWriter.write(analysis, directory.path(), into));
    PrintWriter out = command.getOut();
    int columns = Terminals.columns();
    AnswerText.print(analysis, out, columns);
    written.withoutPictures().ifPresent(reason -> new Paragraphs(out, columns).print("! ", reason));
    out.println("report: " + written.page());
    out.flush();
    boolean failed = Trial.latest(trials).stream().anyMatch(trial -> trial.failure() != null);
    return failed ? ExitCode.INCOMPLETE : ExitCode.OK;
  }

  /// Writes a report.
  @FunctionalInterface
  interface Writing<T> {
    T write() throws IOException;
  }

  /// Writes a report into a directory, which is made if it is not there.
  ///
  /// @param measured where the results are that it is made of
  static <T> T into(Path into, Path measured, Writing<T> writing) {
    try {
      Files.createDirectories(into);
      return writing.write();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.FILES,
          "cannot write the report into %s (%s); the results in %s are kept: write it elsewhere with: lab report %s --out DIR"
              .formatted(into, FileProblems.reason(e), measured, ShellWord.of(measured)),
          e);
    }
  }
}
