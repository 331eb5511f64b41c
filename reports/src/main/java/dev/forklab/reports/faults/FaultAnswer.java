package dev.forklab.reports.faults;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import dev.forklab.results.units.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a run of faults says first.
///
/// @param headline one sentence
/// @param lines what stands behind it, and what is missing
public record FaultAnswer(String headline, List<String> lines) {

  public FaultAnswer {
    lines = List.copyOf(lines);
  }

  public static FaultAnswer of(FaultFindings findings) {
    return new FaultAnswer(headline(findings), lines(findings));
  }

  private static String headline(FaultFindings findings) {
    List<String> parts =
        findings.models().stream()
            .map(model -> part(findings, model))
            .filter(text -> !text.isEmpty())
            .toList();
    return parts.isEmpty()
        ? "Nothing was measured"
        : "Of the faults tried in production settings, nobody has to do anything after "
            + String.join(", ", parts);
  }

  private static String part(FaultFindings findings, Model model) {
    List<FaultCell> cells = cells(findings, model, Way.PRODUCTION).toList();
    long healed = cells.stream().filter(FaultCell::heals).count();
    return cells.isEmpty() ? "" : "%d of %d with %s".formatted(healed, cells.size(), model.label());
  }

  private static Stream<FaultCell> cells(FaultFindings findings, Model model, Way way) {
    return findings.cells().stream()
        .filter(cell -> cell.model() == model && cell.way() == way)
        .filter(cell -> cell.fault() != Fault.NONE);
  }

  private static List<String> lines(FaultFindings findings) {
    List<String> lines = new ArrayList<>();
    for (Model model : findings.models()) {
      Map<String, List<String>> byWhatToDo =
          cells(findings, model, Way.PRODUCTION)
              .filter(cell -> !cell.heals())
              .collect(
                  Collectors.groupingBy(
                      FaultWords::person,
                      LinkedHashMap::new,
                      Collectors.mapping(cell -> cell.fault().id(), Collectors.toList())));
      if (!byWhatToDo.isEmpty()) {
        lines.add(
            byWhatToDo.entrySet().stream()
                .map(each -> Wording.list(each.getValue()) + " (" + each.getKey() + ")")
                .collect(
                    Collectors.joining(
                        "; ", Wording.capital(model.label()) + " need a person after ", ".")));
      }
    }
    control(findings, lines);
    if (findings.missing() > 0) {
      lines.add(
          "%s not tried: the run's time was spent; lab faults --resume with %s tries the rest."
              .formatted(
                  findings.missing() == 1
                      ? "1 combination was"
                      : findings.missing() + " combinations were",
                  timeForAll(findings)));
    }
    if (!findings.failures().isEmpty()) {
      lines.add(
          "%s no result: see below."
              .formatted(
                  findings.failures().size() == 1
                      ? "1 trial has"
                      : findings.failures().size() + " trials have"));
    }
    return lines;
  }

  /// What a run takes to the end, if trials to come take as long as those that ended.
  private static String timeForAll(FaultFindings findings) {
    LongSummaryStatistics ended =
        Stream.concat(
                findings.cells().stream().flatMap(cell -> cell.trials().stream()),
                findings.failures().stream())
            .mapToLong(FaultTrial::wallNanos)
            .summaryStatistics();
    if (ended.getCount() == 0) {
      return "more --time";
    }
    long nanos = ended.getSum() + Math.round(ended.getAverage() * findings.missing());
    return "--time " + Math.ceilDiv(nanos, Duration.ofMinutes(1).toNanos()) + "m";
  }

  /// What the watcher finds where nothing goes wrong.
  private static void control(FaultFindings findings, List<String> lines) {
    List<FaultTrial> trials =
        findings.cells().stream()
            .filter(cell -> cell.fault() == Fault.NONE)
            .flatMap(cell -> cell.trials().stream())
            .toList();
    if (trials.isEmpty()) {
      return;
    }
    int submitted = trials.stream().mapToInt(trial -> trial.counts().submitted()).sum();
    int right = trials.stream().mapToInt(trial -> trial.counts().right()).sum();
    int dips = (int) trials.stream().filter(trial -> trial.recoveredNanos() != 0).count();
    lines.add(
        "Control: in %s in which nothing went wrong, %s of %s tasks were missed, and %s dipped."
            .formatted(
                Wording.count(trials.size(), "trial"),
                Quantity.count(submitted - right),
                Quantity.count(submitted),
                Wording.count(dips, "trial")));
  }
}
