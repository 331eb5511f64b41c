package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/// Whether a run that was asked for a precision may end, and why; of any other, what it measured
/// beyond its plan.
///
/// **The rule.** After each whole block, from the fourth on: the run ends when the plain 95%
/// interval of throughput of every candidate against every other, in every cell that is not
/// oversubscribed, has at most the half-width asked for; or when the time left would not hold
/// another block as long as those before it took on average.
///
/// **Why looking after each block does no harm.** The rule looks at widths only, never at a ratio
/// or a verdict. For symmetric noise the mean of a sample and its spread are uncorrelated (for
/// normal noise independent), so a run that stops because its spread is small is not one whose
/// ratio came out large: the chance of a false verdict is that of a run of fixed length. What does
/// suffer is coverage: a spread that is too small by luck stops a run early. Chow and Robbins, "On
/// the Asymptotic Theory of Fixed-Width Sequential Confidence Intervals for the Mean", Annals of
/// Mathematical Statistics 36 (1965), show that this vanishes as the width shrinks; here it is kept
/// small by the least number of blocks, by spreads that all cells share (see
/// [dev.forklab.reports.stats.TwoLevel]), and by asking of the widest of many intervals.
/// `StoppingCoverageTest` shows how much is left.
///
/// Pure: the process that measures and the one that reports come to the same answer.
public sealed interface Stopping {

  /// No precision was asked for: the run ends with its plan, and with what it chose after that.
  ///
  /// @param chosen how many trials were chosen by [Spending], cell by cell
  /// @param baseTrialNanos how long a throughput trial of the base configuration usually took; 0 if
  ///   that is not known
  record NoGoal(Map<Cell, Long> chosen, double baseTrialNanos) implements Stopping {

    public NoGoal {
      chosen = Map.copyOf(chosen);
    }

    /// A run of which nothing more is known.
    public NoGoal() {
      this(Map.of(), 0);
    }
  }

  /// The run goes on.
  ///
  /// @param blocks how many are whole
  record GoesOn(int blocks) implements Stopping {}

  /// The intervals are as narrow as was asked for.
  ///
  /// @param halfWidth the widest, as a share
  record Reached(int blocks, double halfWidth) implements Stopping {}

  /// There is no time for another block.
  ///
  /// @param halfWidth the widest interval's; infinite if one could not be had
  record TimeSpent(int blocks, double halfWidth) implements Stopping {}

  /// What is to be said of `run` after `trials`.
  static Stopping after(Run run, List<Trial> trials) {
    Goal goal = run.plan().goal();
    if (goal == null) {
      List<Trial> latest = Trial.latest(trials);
      return new NoGoal(
          Spending.chosen(run.plan(), latest),
          run.plan().base().map(base -> Spending.trialNanos(base, latest)).orElse(0.0));
    }
    int blocks = wholeBlocks(run.plan(), trials);
    if (blocks == 0) {
      return new GoesOn(0);
    }
    double widest = widest(run.plan(), trials, blocks);
    if (blocks >= Goal.FEWEST_BLOCKS && widest <= goal.precision()) {
      return new Reached(blocks, widest);
    }
    double spent = trials.stream().mapToLong(Trial::durationNanos).sum();
    boolean noMore = blocks == run.plan().blocks() || spent + spent / blocks > goal.timeNanos();
    return noMore ? new TimeSpent(blocks, widest) : new GoesOn(blocks);
  }

  /// How many trials the run is to have: all of the plan's, unless it has ended before, and those
  /// that it chose.
  default int due(Plan plan) {
    return switch (this) {
      case NoGoal(Map<Cell, Long> chosen, double _) ->
          plan.trials().size() + chosen.values().stream().mapToInt(Long::intValue).sum();
      case GoesOn _ -> plan.trials().size();
      case Reached(int blocks, double _) -> until(plan, blocks);
      case TimeSpent(int blocks, double _) -> until(plan, blocks);
    };
  }

  private static int until(Plan plan, int blocks) {
    return (int) plan.trials().stream().filter(trial -> trial.block() < blocks).count();
  }

  private static int wholeBlocks(Plan plan, List<Trial> trials) {
    Set<Integer> there = new HashSet<>();
    trials.forEach(trial -> there.add(trial.planned().index()));
    return plan.trials().stream()
        .filter(trial -> !there.contains(trial.index()))
        .mapToInt(Plan.PlannedTrial::block)
        .min()
        .orElse(plan.blocks());
  }

  private static double widest(Plan plan, List<Trial> trials, int blocks) {
    List<Trial> whole =
        Trial.latest(trials).stream().filter(trial -> trial.planned().block() < blocks).toList();
    Throughput throughput = new Throughput(CellTrials.of(TrialKind.THROUGHPUT, plan, whole));
    return Findings.candidatesOrBaseline(plan.models()).stream()
        .flatMapToDouble(
            pairing -> widths(plan, throughput.ratio(pairing.model(), pairing.against())))
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /// Half-widths as shares, infinite of a cell without an interval.
  private static DoubleStream widths(Plan plan, Map<Cell, StudentEstimate> ratios) {
    return plan.cells().stream()
        .filter(cell -> !cell.oversubscribed())
        .mapToDouble(cell -> {
          StudentEstimate log = ratios.get(cell);
          return log == null
              ? Double.POSITIVE_INFINITY
              : Math.expm1(log.halfWidth(Estimates.ALPHA));
        });
  }
}
