package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Locale;

/// Latency under scheduled arrivals: a row for each load and model.
final class OpenLoopTable {

  private OpenLoopTable() {}

  static Table of(Analysis analysis) {
    List<OpenLoopResult> results = analysis.openLoop();
    String where =
        results.isEmpty()
            ? ""
            : Phrases.inBrackets(
                CellNames.workers(results.getFirst().cell())
                    + ", "
                    + new CellNames(List.of(results.getFirst().cell()), analysis.taskTimes()::brief)
                        .common());
    return new Table(
        "table-open-loop",
        "Latency when tasks arrive on a schedule, from when each was due" + where,
        Table.entries(
            "load",
            "model",
            "capacity",
            "offered",
            "achieved",
            "p50",
            "p90",
            "p99",
            "p99 of each stretch",
            "max",
            "tasks",
            "stretches",
            "launches"),
        results.stream().map(OpenLoopTable::row).toList());
  }

  private static List<Entry> row(OpenLoopResult result) {
    return List.of(
        Entry.number(String.format(Locale.ROOT, "%.0f%%", 100 * result.load())),
        Phrases.model(result.model()),
        Entry.number(Quantity.rate(result.capacity())),
        Entry.number(Quantity.rate(result.offered())),
        Entry.number(Quantity.rate(result.achieved())),
        Entry.number(Quantity.time(result.p50())),
        Entry.number(Quantity.time(result.p90())),
        Entry.number(Quantity.time(result.p99())),
        Entry.number(Quantity.time(result.p99Low()) + " to " + Quantity.time(result.p99High())),
        Entry.number(Quantity.time(result.max())),
        Entry.number(Quantity.count(result.tasks())),
        Entry.number(Quantity.count(result.stretches())),
        Entry.number(Quantity.count(result.trials())));
  }
}
