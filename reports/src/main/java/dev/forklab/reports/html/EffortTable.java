package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Effort;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What tasks cost beside CPU time: a row for each cell and model.
final class EffortTable {

  private EffortTable() {}

  static Table of(Analysis analysis) {
    CellNames names =
        new CellNames(
            analysis.cells().stream().map(CellResult::cell).toList(), analysis.taskTimes()::brief);
    List<List<Entry>> rows = new ArrayList<>();
    for (CellResult result : analysis.cells()) {
      result.effort().ifPresent(effort -> rows.add(row(names.name(result.cell()), result, effort)));
    }
    return new Table(
        "table-effort",
        "What a task costs the whole process tree beside CPU time; totals, without intervals"
            + Phrases.inBrackets(names.common()),
        Table.entries(
            "cell",
            "model",
            "context switches, voluntary",
            "involuntary",
            "share of time in collections",
            "allocated"),
        rows);
  }

  private static List<Entry> row(String cell, CellResult result, Effort effort) {
    return List.of(
        Entry.of(cell),
        Phrases.model(result.model()),
        Entry.number(number(effort.voluntarySwitchesPerTask())),
        Entry.number(number(effort.involuntarySwitchesPerTask())),
        Entry.number(percent(effort.collectionShare())),
        Entry.number(
            effort.allocatedBytesPerTask() < 0
                ? Quantity.NOT_MEASURED
                : Quantity.memory(effort.allocatedBytesPerTask())));
  }

  private static String number(double value) {
    return value < 0 ? Quantity.NOT_MEASURED : Quantity.number(value);
  }

  private static String percent(double share) {
    return share < 0 ? Quantity.NOT_MEASURED : String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
