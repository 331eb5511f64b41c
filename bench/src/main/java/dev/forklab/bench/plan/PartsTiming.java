package dev.forklab.bench.plan;

import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;

/// The stretches after a trial's slices in which is measured where the time of a task goes, and how
/// long they take.
///
/// In a run's first block, at the end of each throughput trial with forked processes whose workers
/// have a CPU each. After the slices, because timing messages makes them slower from then on.
///
/// @param models one stretch each, mirrored like a round of slices
public record PartsTiming(List<Model> models) {

  /// A stretch is kept up for so long before it counts: code that times was not run before.
  public static final long BEFORE_NANOS = 100_000_000L;

  /// How long a stretch counts.
  public static final long NANOS = 200_000_000L;

  public PartsTiming {
    models = List.copyOf(models);
  }

  /// The stretches of a trial, in order; none if it has none.
  public static PartsTiming of(PlannedTrial trial) {
    List<Model> models =
        trial.models().stream()
            .filter(model -> model.role() == Role.BASELINE || model.isCandidate())
            .toList();
    boolean wanted =
        trial.kind() == TrialKind.THROUGHPUT
            && trial.block() == 0
            && !trial.cell().oversubscribed()
            && models.contains(Model.INLINE)
            && models.stream().anyMatch(Model::hasChildJvms);
    if (!wanted) {
      return new PartsTiming(List.of());
    }
    List<Model> mirrored = new ArrayList<>(models);
    mirrored.addAll(models.reversed());
    return new PartsTiming(mirrored);
  }

  /// How long they take together.
  long nanos() {
    return models.size() * (BEFORE_NANOS + NANOS);
  }
}
