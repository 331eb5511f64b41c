package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Grid;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A sentence of numbers for each candidate and peer in the cell of the headline, one for each
/// comparison with a peer, and one for the lab's own pools beside plain executors of the JDK.
final class ModelLines {

  private static final String MARGIN = Wording.percent(Analysis.EQUIVALENCE_MARGIN);

  private ModelLines() {}

  static List<String> of(Facts facts, Cell cell) {
    List<String> lines = new ArrayList<>();
    for (Model model : Model.values()) {
      if (model.role() == Role.CANDIDATE || model.role() == Role.PEER) {
        numbers(facts, cell, model).ifPresent(lines::add);
      }
    }
    facts.findings().stream()
        .filter(found -> found.metric() == Metric.THROUGHPUT && found.cell().equals(cell))
        .filter(found -> found.against().role() == Role.PEER)
        .map(ModelLines::peer)
        .forEach(lines::add);
    references(facts).ifPresent(lines::add);
    return lines;
  }

  /// "Forked processes against Node child_process.fork: 1.04 of its throughput (±1.2%)."
  private static String peer(Finding found) {
    return Wording.capital(found.model().label())
        + " against "
        + found.against().label()
        + ": "
        + verdict(found)
        + ".";
  }

  /// "Forked processes: 1,860 tasks/s, 0.93 of ideal; 1.04 ms of CPU a task; …".
  private static Optional<String> numbers(Facts facts, Cell cell, Model model) {
    List<String> parts = new ArrayList<>();
    facts.result(cell, model).ifPresent(result -> measured(result, parts));
    facts.footprint(cell, model).ifPresent(footprint -> footprint(footprint, parts));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Wording.capital(model.label()) + ": " + String.join("; ", parts) + ".");
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
                        .filter(share -> !share.tooWide())
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
        .ifPresent(time -> parts.add("all workers up after " + Quantity.time(time.value())));
    Facts.memory(footprint)
        .ifPresent(size -> {
          int workers = footprint.cell().workers();
          parts.add(Quantity.memory(size.value()) + " with " + Wording.count(workers, "worker"));
        });
  }

  /// "Our pools against plain JDK executors (2 workers, …): platform threads reach 0.99 of the
  /// throughput of the JDK fixed pool (±0.6%), …", from the cell with the shortest tasks of those
  /// where the executors were measured.
  private static Optional<String> references(Facts facts) {
    List<Finding> found =
        facts.findings().stream()
            .filter(it -> it.metric() == Metric.THROUGHPUT)
            .filter(it -> it.against().role() == Role.REFERENCE)
            .filter(it -> it.against().counterpart().equals(Optional.of(it.model())))
            .toList();
    return new Grid(found.stream().map(Finding::cell).toList())
        .ofMostOverhead()
        .map(cell ->
            "Our pools against plain JDK executors ("
                + Wording.cell(cell, facts.taskTimes())
                + "): "
                + found.stream()
                    .filter(it -> it.cell().equals(cell))
                    .map(ModelLines::reach)
                    .collect(Collectors.joining("; "))
                + ".");
  }

  private static String reach(Finding found) {
    if (found.verdict() == Verdict.UNMEASURED) {
      return found.model().label()
          + " are "
          + Verdict.UNMEASURED_WORDS
          + " against the "
          + found.against().label();
    }
    return found.model().label()
        + " reach "
        + Wording.ratio(found.ratio())
        + " of the throughput of the "
        + found.against().label()
        + " ("
        + Wording.error(found.ratio())
        + ")";
  }

  private static String verdict(Finding found) {
    Estimate ratio = found.ratio();
    String number = Wording.ratio(ratio) + " of its throughput (" + Wording.error(ratio) + ")";
    return switch (found.verdict()) {
      case SAME -> "the same within " + MARGIN;
      case FASTER, SLOWER -> number;
      case INCONCLUSIVE -> "inconclusive, " + number;
      case UNMEASURED -> Verdict.UNMEASURED_WORDS;
    };
  }
}
