package dev.forklab.reports.decision;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.decision.Candidate.Met;
import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultCell.Fate;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What measured faults say of needs. A model has a need if in every fault that is about it, run as
/// in production, the service's own process went on and was well again, with nothing left at work.
/// Forked processes that were not tried are judged by those that were: how a message is written
/// changes nothing about where a task's fault ends. Where no such fault was measured at all, the
/// model's traits answer.
final class FaultArguments {

  private static final int MOST_SHOWN = 2;

  private static final Comparator<FaultCell> WORST =
      Comparator.comparing(FaultCell::recovered)
          .thenComparing(
              Comparator.comparingDouble((FaultCell cell) -> cell.missed().middle()).reversed());

  private final Optional<FaultFindings> findings;

  FaultArguments(Optional<FaultFindings> findings) {
    this.findings = findings;
  }

  /// Whether there is no run of faults.
  boolean areUnknown() {
    return findings.isEmpty();
  }

  Met met(Need need, Model model) {
    List<FaultCell> cells = cells(need, model);
    if (cells.isEmpty()) {
      return need.met(model);
    }
    return cells.stream().allMatch(FaultArguments::isHeld) ? Met.YES : Met.NO;
  }

  private static boolean isHeld(FaultCell cell) {
    return cell.fate() == Fate.SURVIVED && cell.recovered() && !cell.burnsCpu();
  }

  /// The faults with which a model misses a need, at most two, and what they cost; empty where none
  /// was measured.
  String against(Need need, Model model) {
    List<FaultCell> missed =
        cells(need, model).stream().filter(cell -> !isHeld(cell)).sorted(WORST).toList();
    List<String> shown =
        missed.stream()
            .limit(MOST_SHOWN)
            .map(cell -> cell.fault().id() + ": the service " + FaultWords.entry(cell))
            .toList();
    int more = missed.size() - shown.size();
    return String.join("; ", shown) + (more > 0 ? "; and " + more + " more" : "");
  }

  /// What measured faults say for models that have a need.
  List<String> inFavor(Need need, List<Model> models) {
    return models.stream()
        .filter(model -> !cells(need, model).isEmpty() && met(need, model) == Met.YES)
        .map(model -> inFavor(need, model))
        .distinct()
        .toList();
  }

  private String inFavor(Need need, Model model) {
    List<FaultCell> cells = cells(need, model);
    FaultCell worst = cells.stream().min(WORST).orElseThrow();
    return "%s was measured with %s: the service went on through %s; the worst was %s: %s, %s."
        .formatted(
            Wording.capital(need.words()),
            worst.model().id(),
            cells.size() == 1 ? "the fault tried" : "all " + cells.size() + " faults tried",
            worst.fault().id(),
            FaultWords.missed(worst),
            FaultWords.recovery(worst));
  }

  private List<FaultCell> cells(Need need, Model model) {
    return need.isAboutFaults()
        ? findings.map(found -> cells(found, need, model)).orElse(List.of())
        : List.of();
  }

  private static List<FaultCell> cells(FaultFindings found, Need need, Model model) {
    Model tried = tried(model, found);
    return found.cells().stream()
        .filter(cell -> cell.way() == Way.PRODUCTION && cell.model() == tried)
        .filter(cell -> cell.fault().harm() == need.harm())
        .toList();
  }

  /// The model itself, or who stands for it.
  private static Model tried(Model model, FaultFindings found) {
    return found.models().contains(model) || !model.hasChildJvms()
        ? model
        : found.models().stream().filter(Model::hasChildJvms).findFirst().orElse(model);
  }
}
