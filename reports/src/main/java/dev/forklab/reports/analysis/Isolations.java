package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Rounds;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.Welch;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what isolated trials say with what interleaved ones do.
final class Isolations {

  private final Throughput interleaved;
  private final CellTrials isolated;

  private Isolations(Throughput interleaved, CellTrials isolated) {
    this.interleaved = interleaved;
    this.isolated = isolated;
  }

  /// Every pair of candidates in every cell that has trials of both kinds; none without
  /// `--isolate`.
  static List<Isolation> of(Plan plan, List<Trial> trials, Throughput interleaved) {
    boolean none = trials.stream().noneMatch(trial -> trial.planned().kind() == TrialKind.ISOLATED);
    return none
        ? List.of()
        : new Isolations(interleaved, CellTrials.of(TrialKind.ISOLATED, plan, trials))
            .all(plan.models());
  }

  private List<Isolation> all(List<Model> models) {
    List<Isolation> found = new ArrayList<>();
    for (Findings.Pairing pairing : Findings.candidates(models)) {
      Map<Cell, StudentEstimate> together = interleaved.ratio(pairing.model(), pairing.against());
      together.forEach((cell, ratio) ->
          compare(cell, pairing.model(), pairing.against(), ratio).ifPresent(found::add));
    }
    return List.copyOf(found);
  }

  private Optional<Isolation> compare(
      Cell cell, Model model, Model against, StudentEstimate together) {
    double[] ones = launches(cell, model);
    double[] others = launches(cell, against);
    if (ones.length == 0 || others.length == 0) {
      return Optional.empty();
    }
    StudentEstimate alone = Welch.difference(ones, others);
    StudentEstimate disagreement = Welch.difference(alone, together);
    return Optional.of(
        new Isolation(
            cell,
            model,
            against,
            Estimates.of(together),
            Estimates.of(alone),
            Estimates.of(disagreement)));
  }

  /// The log throughput of each launch of one model alone.
  private double[] launches(Cell cell, Model model) {
    return isolated.byCell().getOrDefault(cell, List.of()).stream()
        .map(trial -> Throughput.slices(trial, model))
        .filter(rounds -> rounds.count() > 0)
        .mapToDouble(Rounds::midmean)
        .toArray();
  }
}
