package dev.forklab.reports.html;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultMetric;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The tables of a run of faults.
final class FaultTables {

  private static final Set<FaultMetric> TASKS =
      EnumSet.range(FaultMetric.SUBMITTED, FaultMetric.LATE);
  private static final Set<FaultMetric> SERVICES =
      EnumSet.range(FaultMetric.P99_BEFORE, FaultMetric.MORE_MEMORY);

  private final FaultFindings findings;

  FaultTables(FaultFindings findings) {
    this.findings = findings;
  }

  /// Fault by model: the picture that a manager understands.
  Table overview(Way way) {
    List<Model> models = findings.models();
    List<Entry> columns = new ArrayList<>();
    columns.add(Entry.of("fault"));
    columns.add(Entry.of("what happens"));
    models.forEach(model -> columns.add(Entry.of(model.label())));
    List<List<Entry>> rows = new ArrayList<>();
    for (Fault fault : findings.faults()) {
      List<Entry> row = new ArrayList<>();
      row.add(Entry.of(fault.id()));
      row.add(Entry.of(fault.deed()));
      for (Model model : models) {
        row.add(
            findings
                .cell(fault, model, way)
                .map(cell -> new Entry(FaultWords.entry(cell), style(cell)))
                .orElse(Entry.of(Quantity.NOT_MEASURED)));
      }
      rows.add(row);
    }
    rows.removeIf(
        row -> row.stream().skip(2).allMatch(entry -> entry.text().equals(Quantity.NOT_MEASURED)));
    return new Table("faults-" + way.id(), caption(way), columns, rows);
  }

  private static String caption(Way way) {
    return switch (way) {
      case PRODUCTION ->
          "What a failure costs, run as in production: bounded queue, time limits, an end at an"
              + " exhausted heap, health checks, a supervisor";
      case NAIVE -> "The same, run naively: none of these";
    };
  }

  private static String style(FaultCell cell) {
    return cell.heals() ? "" : "worse";
  }

  /// What became of the tasks, a row for each fault, model and way.
  Table tasks() {
    return new Table(
        "faults-tasks",
        "What became of the tasks, those that carry the fault aside; where trials differ, the"
            + " middle one (lowest to highest)",
        columns(TASKS),
        findings.cells().stream().map(cell -> row(cell, TASKS)).toList());
  }

  /// What became of the service, a row for each fault, model and way.
  Table services() {
    List<Entry> columns = columns(SERVICES);
    columns.addAll(Table.entries("recovery", "a person has to do", "evidence"));
    List<List<Entry>> rows = new ArrayList<>();
    for (FaultCell cell : findings.cells()) {
      List<Entry> row = row(cell, SERVICES);
      row.add(Entry.of(FaultWords.recovery(cell)));
      row.add(Entry.of(FaultWords.person(cell)));
      row.add(Entry.of(cell.trials().getFirst().evidence()));
      rows.add(row);
    }
    return new Table(
        "faults-services",
        "What became of the service; where trials differ, the middle one (lowest to highest)",
        columns,
        rows);
  }

  private static List<Entry> columns(Set<FaultMetric> metrics) {
    List<Entry> columns = new ArrayList<>(Table.entries("fault", "model", "way", "trials"));
    metrics.forEach(metric -> columns.add(Entry.of(metric.label())));
    return columns;
  }

  private static List<Entry> row(FaultCell cell, Set<FaultMetric> metrics) {
    List<Entry> row =
        new ArrayList<>(Table.entries(cell.fault().id(), cell.model().id(), cell.way().id()));
    row.add(Entry.number(String.valueOf(cell.trials().size())));
    metrics.forEach(metric -> row.add(Entry.number(metric.words(cell))));
    return row;
  }

  /// Trials without a result.
  Table failures() {
    List<List<Entry>> rows = new ArrayList<>();
    for (FaultTrial trial : findings.failures()) {
      rows.add(
          Table.entries(
              trial.planned().fault().id(),
              trial.planned().model().id(),
              trial.planned().way().id(),
              String.valueOf(trial.failure())));
    }
    return new Table(
        "faults-failures",
        "Trials without a result",
        Table.entries("fault", "model", "way", "why"),
        rows);
  }
}
