package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Host;
import java.util.ArrayList;
import java.util.List;

/// `summary.md`: the answer and the main tables, to paste into a pull request.
final class Summary {

  private Summary() {}

  static String of(Analysis analysis, String runId) {
    List<String> parts = new ArrayList<>();
    parts.add("## " + Markdown.text(analysis.answer().headline()) + "\n");
    parts.add(bullets(analysis.answer().lines()));
    if (!analysis.answer().caveats().isEmpty()) {
      parts.add("Caveats:\n\n" + bullets(analysis.answer().caveats()));
    }
    for (Table table : tables(analysis)) {
      parts.add(Markdown.table(table));
    }
    if (!analysis.warnings().isEmpty()) {
      parts.add("Warnings:\n\n" + bullets(warnings(analysis)));
    }
    parts.add(machine(analysis, runId) + "\n\n" + Markdown.code(analysis.run().command()));
    parts.removeIf(String::isEmpty);
    return String.join("\n", parts);
  }

  private static List<Table> tables(Analysis analysis) {
    MeasurementTables measurements = new MeasurementTables(analysis);
    FootprintTables footprints = new FootprintTables(analysis);
    List<Table> tables = new ArrayList<>();
    new FindingTables(analysis).amongCandidates().stream().findFirst().ifPresent(tables::add);
    new FindingTables(analysis).againstPeers().stream().findFirst().ifPresent(tables::add);
    tables.add(measurements.throughputByWorkers());
    tables.add(measurements.latencyPercentiles());
    tables.add(OpenLoopTable.of(analysis));
    tables.add(footprints.memory());
    tables.add(footprints.growth());
    tables.add(footprints.startUp());
    tables.add(EffortTable.of(analysis));
    tables.add(IsolationTable.of(analysis));
    tables.removeIf(Table::isEmpty);
    return tables;
  }

  private static List<String> warnings(Analysis analysis) {
    return analysis.warnings().stream().map(Summary::warning).toList();
  }

  private static String warning(PlacedWarning placed) {
    return placed.warning().kind().title()
        + " ("
        + placed.where()
        + "): "
        + placed.warning().detail()
        + "; "
        + placed.warning().kind().advice();
  }

  private static String machine(Analysis analysis, String runId) {
    Host host = analysis.run().host();
    return Markdown.text(
        "Run "
            + runId
            + ", seed "
            + analysis.run().plan().seed()
            + ", lab "
            + analysis.run().labVersion()
            + "; "
            + host.cpu()
            + ", "
            + host.cpus()
            + " CPUs, "
            + host.os()
            + ", "
            + host.java()
            + ".");
  }

  private static String bullets(List<String> lines) {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> out.append("- ").append(Markdown.text(line)).append('\n'));
    return out.toString();
  }
}
