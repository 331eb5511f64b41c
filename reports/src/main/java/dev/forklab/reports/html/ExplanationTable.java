package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.Explanation;
import dev.forklab.reports.cost.Explanation.Part;
import dev.forklab.reports.cost.TaskCost;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.units.CellNames;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the time goes for which a worker is occupied with a task: a row for each cell and model, a
/// column for each part, and at the end what the model of cost says of the extra.
final class ExplanationTable {

  private ExplanationTable() {}

  static Table of(Analysis analysis, CostModel cost) {
    List<Explanation> all = cost.data().explanations();
    CellNames names =
        new CellNames(
            all.stream().map(Explanation::cell).distinct().toList(), analysis.taskTimes()::name);
    List<Entry> columns = new ArrayList<>(Table.entries("cell", "model", "a task in all"));
    Arrays.stream(Part.values()).map(part -> Entry.of(part.label())).forEach(columns::add);
    columns.add(Entry.of("extra"));
    columns.add(Entry.of("extra, as the model of cost says"));
    return new Table(
        "table-explanation",
        "Where the time of a task goes, there and back together, measured with messages timed"
            + Phrases.inBrackets(all.isEmpty() ? "" : names.common()),
        columns,
        all.stream().map(it -> row(it, names, cost)).toList());
  }

  private static List<Entry> row(Explanation it, CellNames names, CostModel cost) {
    List<Entry> row = new ArrayList<>();
    row.add(Entry.of(names.name(it.cell())));
    row.add(Phrases.model(it.model()));
    row.add(Entry.number(Quantity.time(it.occupiedNanos())));
    for (Part part : Part.values()) {
      Double nanos = it.nanos().get(part);
      row.add(Entry.number(nanos == null ? Quantity.NOT_MEASURED : amount(nanos, it)));
    }
    row.add(Entry.number(Quantity.time(it.extraNanos())));
    row.add(Entry.of(modeled(it, cost)));
    return row;
  }

  /// "12.3 µs (1%)".
  private static String amount(double nanos, Explanation of) {
    String time = nanos < 0 ? "−" + Quantity.time(-nanos) : Quantity.time(nanos);
    return time + " (" + Math.round(100 * nanos / of.occupiedNanos()) + "%)";
  }

  /// "62.0 µs by the stretch of the work, 18.2 µs a task, 33.1 µs by bytes".
  private static String modeled(Explanation it, CostModel cost) {
    Optional<TaskCost> task =
        it.cell().workers() == cost.base().workers()
            ? cost.costs(it.model()).flatMap(costs -> costs.fitting())
            : Optional.empty();
    return task.map(fit ->
            Quantity.time((fit.stretch().value() - 1) * it.nanos().getOrDefault(Part.WORK, 0.0))
                + " by the stretch of the work, "
                + Quantity.time(fit.perTask().value())
                + " a task, "
                + Quantity.time(fit.perByte().value() * it.cell().messageBytes())
                + " by bytes")
        .orElse(Quantity.NOT_MEASURED);
  }

  /// What can be done about each part.
  static String remedies() {
    return Arrays.stream(Part.values())
        .filter(part -> !part.remedy().isEmpty())
        .map(part -> part.label() + ": " + part.remedy())
        .collect(Collectors.joining("; ", "What makes a part smaller: ", "."));
  }
}
