package dev.forklab.reports.html;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.reports.faults.Span;
import dev.forklab.reports.html.Table.Entry;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The tables of a run of faults.
final class FaultTables {

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

  /// All numbers, a row for each fault, model and way.
  Table details() {
    List<List<Entry>> rows = new ArrayList<>();
    for (FaultCell cell : findings.cells()) {
      List<Entry> row = new ArrayList<>();
      row.add(Entry.of(cell.fault().id()));
      row.add(Entry.of(cell.model().id()));
      row.add(Entry.of(cell.way().id()));
      row.add(Entry.number(String.valueOf(cell.trials().size())));
      row.add(Entry.number(cell.submitted().words(FaultWords::count)));
      row.add(Entry.number(cell.missed().words(FaultWords::count)));
      row.add(Entry.number(cell.wrong().words(FaultWords::count)));
      row.add(Entry.number(FaultWords.recovery(cell)));
      row.add(Entry.number(time(cell.p99BeforeNanos())));
      row.add(Entry.number(time(cell.p99SinceNanos())));
      row.add(
          Entry.number(cell.idleCpus().words(cpus -> String.format(Locale.ROOT, "%.1f", cpus))));
      row.add(Entry.number(cell.moreThreads().words(FaultWords::count)));
      row.add(Entry.number(cell.moreDescriptors().words(FaultWords::count)));
      row.add(Entry.number(cell.moreBytes().words(FaultTables::memory)));
      row.add(Entry.of(FaultWords.person(cell)));
      row.add(Entry.of(cell.trials().getFirst().evidence()));
      rows.add(row);
    }
    return new Table(
        "faults-details",
        "All that was measured; where trials differ, the middle one (lowest to highest)",
        Table.entries(
            "fault",
            "model",
            "way",
            "trials",
            "submitted",
            "missed",
            "wrong",
            "recovery",
            "p99 before",
            "p99 since",
            "CPUs busy at rest",
            "more threads",
            "more descriptors",
            "more memory",
            "a person has to do",
            "evidence"),
        rows);
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

  private static String time(Span span) {
    return span.count() == 0 ? Quantity.NOT_MEASURED : span.words(Quantity::time);
  }

  private static String memory(double bytes) {
    return (bytes < 0 ? "-" : "") + Quantity.memory(Math.abs(bytes));
  }
}
