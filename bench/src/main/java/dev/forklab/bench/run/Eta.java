package dev.forklab.bench.run;

import dev.forklab.bench.plan.Planner;
import dev.forklab.reports.analysis.Spending;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.TrialKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// How long the rest of a plan takes: the planner's estimates, corrected for each kind of trial by
/// what its finished trials really took, for a kind that has none yet by what all others took, and
/// for the trial in hand by its own progress. For one thread.
public final class Eta {

  /// How much longer finished trials took than the planner said.
  private static final class Ratio {
    private long estimatedNanos;
    private long actualNanos;

    void add(Duration estimate, Duration actual) {
      estimatedNanos += estimate.toNanos();
      actualNanos += actual.toNanos();
    }

    /// Moved from `prior`, which counts as much as a finished trial of that length.
    double value(double prior, double priorNanos) {
      return (actualNanos + prior * priorNanos) / (estimatedNanos + priorNanos);
    }
  }

  /// What share of a trial the planner's estimate counts, so that the first surprise moves it at
  /// once and all but overthrows it: what slows one trial down slows all.
  private static final double PRIOR_TRIALS = 0.25;

  /// Up to this share of a trial its start shows more than its slices do; from then on its own
  /// progress counts more and more, and alone from the next share on.
  private static final double FIRST_TRUSTED_SHARE = 0.1;

  private static final double FULLY_TRUSTED_SHARE = 0.3;

  private final Plan plan;
  private final Set<Integer> done;
  private final Ratio overall = new Ratio();
  private final Map<TrialKind, Ratio> ratios = new EnumMap<>(TrialKind.class);
  private long spentNanos;

  /// @param done indices of the trials that an earlier session has done
  public Eta(Plan plan, Set<Integer> done) {
    this.plan = plan;
    this.done = Set.copyOf(done);
  }

  /// What a trial, whether it had a result or not, or what came before the first took of the run's
  /// time, in this session or an earlier one.
  public void spent(Duration time) {
    spentNanos += time.toNanos();
  }

  /// Learns from a finished trial; not to be called of one that failed.
  public void finished(PlannedTrial trial, Duration took) {
    Duration estimate = Planner.estimate(trial, plan.budget());
    overall.add(estimate, took);
    ratios.computeIfAbsent(trial.kind(), kind -> new Ratio()).add(estimate, took);
  }

  /// How long this trial will take.
  public Duration of(PlannedTrial trial) {
    double estimate = Planner.estimate(trial, plan.budget()).toNanos();
    double correction = overall.value(1, PRIOR_TRIALS * estimate);
    Ratio ratio = ratios.get(trial.kind());
    if (ratio != null) {
      correction = ratio.value(correction, estimate);
    }
    return Duration.ofNanos((long) (estimate * correction));
  }

  /// How long the trial in hand and all after it will take. Never less than none.
  ///
  /// @param share of its slices that is done, 0 to 1
  /// @param elapsed since it began
  public Duration remaining(PlannedTrial trial, double share, Duration elapsed) {
    double expected = of(trial).toNanos();
    double total = Math.max(expected, (double) elapsed.toNanos());
    // Other kinds have parts of very different lengths.
    if (trial.kind().interleavesSlices() && share > FIRST_TRUSTED_SHARE) {
      double trust = (share - FIRST_TRUSTED_SHARE) / (FULLY_TRUSTED_SHARE - FIRST_TRUSTED_SHARE);
      total += Math.min(1, trust) * (elapsed.toNanos() / share - total);
    }
    long own = (long) (total * (1 - share));
    return rest(own, trial.index() + 1, (long) expected - own);
  }

  /// How long all trials from `next` on will take, but for those that are done.
  public Duration remaining(int next) {
    return rest(0, next, 0);
  }

  /// How many trials the run is expected to have in all.
  ///
  /// @param index of the trial in hand
  public int trials(int index) {
    int planned = plan.trials().size();
    Reserve reserve = plan.reserve();
    if (reserve == null) {
      return planned;
    }
    long left = reserve.timeNanos() - spentNanos - planned(index).toNanos();
    int chosen = (int) (Math.max(0, left) / chosenNanos());
    return index < planned ? planned + chosen : index + Math.max(1, chosen);
  }

  /// Whether a trial may be started so many times, and all that is planned after it still ends
  /// within the run's time; always, if the plan keeps no reserve.
  public boolean hasTimeFor(PlannedTrial trial, int starts) {
    Reserve reserve = plan.reserve();
    return reserve == null
        || spentNanos + starts * of(trial).toNanos() + planned(trial.index() + 1).toNanos()
            <= reserve.timeNanos();
  }

  /// What a trial takes that the run is most likely to choose: one of the base configuration, in a
  /// block after the first, and so without what only the first measures.
  private long chosenNanos() {
    return plan.trials().stream()
        .filter(trial -> trial.kind() == TrialKind.THROUGHPUT)
        .filter(trial -> plan.base().filter(trial.cell()::equals).isPresent())
        .findFirst()
        .map(like -> of(Spending.again(plan, like, plan.trials().size())).toNanos())
        .orElse(Long.MAX_VALUE);
  }

  /// What is planned, or what the plan keeps in reserve if that is longer.
  ///
  /// @param ownNanos left of the trial in hand
  /// @param usedNanos of the trial in hand, which is not yet spent
  private Duration rest(long ownNanos, int next, long usedNanos) {
    Duration planned = planned(next).plusNanos(ownNanos);
    Reserve reserve = plan.reserve();
    if (reserve == null) {
      return planned;
    }
    Duration left = Duration.ofNanos(reserve.timeNanos() - spentNanos - Math.max(0, usedNanos));
    return planned.compareTo(left) > 0 ? planned : left;
  }

  private Duration planned(int next) {
    return plan.trials().stream()
        .skip(next)
        .filter(trial -> !done.contains(trial.index()))
        .map(this::of)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
