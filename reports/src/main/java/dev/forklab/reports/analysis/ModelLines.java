package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Model.Role;
import dev.forklab.reports.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A sentence of numbers for each candidate in the cell of the headline, and one for each whose
/// reference of the JDK was measured too.
final class ModelLines {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private static final Map<Model, Model> REFERENCES =
      Map.of(Model.THREADS, Model.JDK_FIXED, Model.VIRTUAL, Model.JDK_VIRTUAL);

  private ModelLines() {}

  static List<String> of(Facts facts, Cell cell) {
    List<String> lines = new ArrayList<>();
    for (Model model : Model.values()) {
      if (model.role() == Role.CANDIDATE) {
        numbers(facts, cell, model).ifPresent(lines::add);
      }
    }
    for (Model model : Model.values()) {
      if (model.role() == Role.CANDIDATE) {
        reference(facts, cell, model).ifPresent(lines::add);
      }
    }
    return lines;
  }

  /// "Forked processes: 1,860 tasks/s, 0.93 of ideal; 1.04 ms of CPU a task; …".
  private static Optional<String> numbers(Facts facts, Cell cell, Model model) {
    List<String> parts = new ArrayList<>();
    facts.result(cell, model).ifPresent(result -> measured(result, parts));
    facts.footprint(cell, model).ifPresent(footprint -> footprint(footprint, parts));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        capital(model.label())
            + (model == Model.FORK ? " (" + cell.codec() + ")" : "")
            + ": "
            + String.join("; ", parts)
            + ".");
  }

  private static void measured(CellResult result, List<String> parts) {
    result
        .throughput()
        .ifPresent(tasks ->
            parts.add(
                Quantity.number(tasks.value())
                    + " tasks/s"
                    + result
                        .efficiency()
                        .map(share -> ", " + Wording.ratio(share) + " of ideal (CPUs x inline)")
                        .orElse("")));
    result
        .latency()
        .ifPresent(latency ->
            parts.add(
                "half of all tasks within "
                    + Quantity.time(latency.p50().value())
                    + ", 99% within "
                    + Quantity.time(latency.p99().value())));
    result
        .cpuNanosPerTask()
        .ifPresent(cpu -> parts.add(Quantity.time(cpu.value()) + " of CPU a task"));
  }

  private static void footprint(Footprint footprint, List<String> parts) {
    Facts.start(footprint)
        .ifPresent(time -> parts.add("first reply after " + Quantity.time(time.value())));
    Facts.memory(footprint)
        .ifPresent(size -> {
          int workers = footprint.cell().workers();
          parts.add(Quantity.memory(size.value()) + " with " + Wording.count(workers, "worker"));
        });
  }

  /// "Our platform threads against the JDK fixed pool: the same within 3%."
  private static Optional<String> reference(Facts facts, Cell cell, Model model) {
    Model reference = REFERENCES.get(model);
    if (reference == null) {
      return Optional.empty();
    }
    return facts
        .finding(Metric.THROUGHPUT, cell, model, reference)
        .map(found ->
            "The lab's pool of "
                + model.label()
                + " against the "
                + reference.label()
                + ": "
                + verdict(found)
                + ".");
  }

  private static String verdict(Finding found) {
    Estimate ratio = found.ratio();
    String number = Wording.ratio(ratio) + " of its throughput (" + Wording.error(ratio) + ")";
    return switch (found.verdict()) {
      case SAME -> "the same within " + MARGIN;
      case FASTER, SLOWER -> number;
      case INCONCLUSIVE -> "undecided, " + number;
    };
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
