package dev.forklab.bench.run;

import dev.forklab.bench.plan.Planner;
import dev.forklab.reports.results.Plan;
import dev.forklab.reports.results.Plan.PlannedTrial;
import dev.forklab.reports.results.TrialKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// How long the rest of a plan takes: the planner's estimates, corrected for each kind of trial by
/// what its finished trials really took. For one thread.
public final class Eta {

  /// The planner's estimate counts as much as one finished trial, so that the first surprise moves
  /// the estimate without overthrowing it.
  private static final class Ratio {
    private long estimatedNanos;
    private long actualNanos;

    void add(Duration estimate, Duration actual) {
      estimatedNanos += estimate.toNanos();
      actualNanos += actual.toNanos();
    }

    double value(Duration priorWeight) {
      double prior = priorWeight.toNanos();
      return (actualNanos + prior) / (estimatedNanos + prior);
    }
  }

  private final Plan plan;
  private final Set<Integer> done;
  private final Map<TrialKind, Ratio> ratios = new EnumMap<>(TrialKind.class);

  /// @param done indices of the trials that an earlier session has done
  public Eta(Plan plan, Set<Integer> done) {
    this.plan = plan;
    this.done = Set.copyOf(done);
  }

  /// Learns from a finished trial.
  public void finished(PlannedTrial trial, Duration took) {
    ratios
        .computeIfAbsent(trial.kind(), kind -> new Ratio())
        .add(Planner.estimate(trial, plan.budget()), took);
  }

  /// How long this trial will take.
  public Duration of(PlannedTrial trial) {
    Duration estimate = Planner.estimate(trial, plan.budget());
    Ratio ratio = ratios.get(trial.kind());
    return ratio == null
        ? estimate
        : Duration.ofNanos((long) (estimate.toNanos() * ratio.value(estimate)));
  }

  /// How long all trials from `next` on will take, but for those that are done.
  public Duration remaining(int next) {
    return plan.trials().stream()
        .skip(next)
        .filter(trial -> !done.contains(trial.index()))
        .map(this::of)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
