package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Codec;
import dev.forklab.results.Plan;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The ratio that a run is mostly about, while it runs: throughput at the base configuration of one
/// model that isolates against one that does not, chosen from the plan, so that it stays the same.
///
/// @param estimate with its plain 95% interval
public record MainRatio(Model model, Model against, Estimate estimate) {

  /// Empty if the plan has no such two models, or none of its trials a result for them yet.
  ///
  /// @param trials as far as they are done, in the plan's order
  public static Optional<MainRatio> of(Plan plan, List<Trial> trials) {
    Optional<Cell> base = plan.base();
    Optional<Model> isolating =
        candidates(plan, true)
            .min(Comparator.comparing(model -> !model.codec().equals(Optional.of(Codec.BINARY))));
    Optional<Model> shared = candidates(plan, false).findFirst();
    if (base.isEmpty() || isolating.isEmpty() || shared.isEmpty()) {
      return Optional.empty();
    }
    Throughput throughput =
        new Throughput(CellTrials.of(TrialKind.THROUGHPUT, plan, Trial.latest(trials)));
    return Optional.ofNullable(throughput.ratio(isolating.get(), shared.get()).get(base.get()))
        .map(log -> new MainRatio(isolating.get(), shared.get(), Estimates.of(log)));
  }

  private static Stream<Model> candidates(Plan plan, boolean isolates) {
    return plan.models().stream()
        .filter(model -> model.isCandidate() && model.isolates() == isolates)
        .sorted();
  }

  /// "fork-binary 0.97 of threads (0.94 to 1.00)".
  public String words() {
    String value = model.id() + " " + Wording.ratio(estimate) + " of " + against.id();
    return estimate.hasInterval()
        ? value
            + " ("
            + Wording.ratio(estimate.low())
            + " to "
            + Wording.ratio(estimate.high())
            + ")"
        : value;
  }
}
