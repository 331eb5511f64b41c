package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Isolation;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.units.CellNames;
import java.util.List;

/// Comparisons made twice: interleaved, and with each model alone in its JVM.
final class IsolationTable {

  private IsolationTable() {}

  static Table of(Analysis analysis) {
    List<Isolation> isolations = analysis.isolations();
    String where =
        isolations.isEmpty()
            ? ""
            : Phrases.inBrackets(
                CellNames.workers(isolations.getFirst().cell())
                    + ", "
                    + new CellNames(
                            List.of(isolations.getFirst().cell()), analysis.taskTimes()::brief)
                        .common());
    return new Table(
        "table-isolation",
        "Throughput ratios with all models interleaved in each JVM, and with each model alone in"
            + " its own; plain 95% intervals"
            + where,
        Table.entries("model", "against", "interleaved", "alone", "alone / interleaved", "agree"),
        isolations.stream().map(IsolationTable::row).toList());
  }

  private static List<Entry> row(Isolation found) {
    return List.of(
        Phrases.model(found.model()),
        Phrases.model(found.against()),
        Entry.number(Numbers.ratio(found.interleaved())),
        Entry.number(Numbers.ratio(found.isolated())),
        Entry.number(Numbers.ratio(found.disagreement())),
        Entry.of(!found.known() ? "too few launches to tell" : found.agrees() ? "yes" : "no"));
  }
}
