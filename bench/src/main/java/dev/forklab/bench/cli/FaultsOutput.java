package dev.forklab.bench.cli;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.faults.FaultAnswer;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.reports.html.FaultReportWriter;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultDirectory;
import dev.forklab.results.Model;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// Writes the report of a run of faults and says the answer on the terminal.
final class FaultsOutput {

  private FaultsOutput() {}

  /// Does both; the exit code says whether a trial has no result.
  ///
  /// @param beside a run of `lab bench`, which says what isolation costs
  static int write(
      FaultDirectory directory, Optional<RunDirectory> beside, Path into, CommandLine command) {
    FaultFindings findings = findings(directory.path());
    Optional<Analysis> besides = beside.map(FaultsOutput::analysis);
    Path page =
        ReportOutput.into(
            into,
            directory.path(),
            () -> FaultReportWriter.write(findings, besides, directory.path(), into));
    PrintWriter out = command.getOut();
    int columns = Terminals.columns();
    FaultAnswer answer = FaultAnswer.of(findings);
    new Paragraphs(out, columns).print("", answer.headline() + ".");
    for (Way way : Way.values()) {
      table(findings, way, out);
    }
    out.println("  sick: not well again; *: something is left, such as busy CPUs or memory");
    out.println();
    answer.lines().forEach(line -> new Paragraphs(out, columns).print("- ", line));
    out.println("report: " + page);
    out.flush();
    return findings.failures().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  /// What the run of faults in a directory found.
  static FaultFindings findings(Path path) {
    FaultDirectory directory = new FaultDirectory(path);
    return FaultFindings.of(directory.readRun(), directory.readTrials());
  }

  private static void table(FaultFindings findings, Way way, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (Fault fault : findings.faults()) {
      List<String> row = new ArrayList<>(List.of("  " + fault.id()));
      for (Model model : findings.models()) {
        row.add(
            findings.cell(fault, model, way).map(FaultWords::brief).orElse(Quantity.NOT_MEASURED));
      }
      rows.add(row);
    }
    rows.removeIf(row -> row.stream().skip(1).allMatch(Quantity.NOT_MEASURED::equals));
    if (!rows.isEmpty()) {
      List<String> heading = new ArrayList<>(List.of(""));
      findings.models().forEach(model -> heading.add(model.id()));
      rows.addFirst(heading);
      out.println();
      out.println(way == Way.PRODUCTION ? "Run as in production:" : "Run naively:");
      AlignedRows.print(rows, Terminals.USUAL_COLUMNS, out);
    }
  }

  private static Analysis analysis(RunDirectory directory) {
    return Analyzer.analyze(directory.readRun(), directory.readTrials());
  }
}
