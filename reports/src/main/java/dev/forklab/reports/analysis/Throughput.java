package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.TrialRounds.Pair;
import dev.forklab.reports.analysis.TrialRounds.Stint;
import dev.forklab.reports.stats.Rounds;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TotalsLessMidmean;
import dev.forklab.reports.stats.TrialMean;
import dev.forklab.reports.stats.TwoLevel;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Tasks per second: the interquartile mean of slices, of ratios within rounds for comparisons.
record Throughput(CellTrials trials) implements Measurements {

  @Override
  public Metric metric() {
    return Metric.THROUGHPUT;
  }

  @Override
  public Map<Cell, StudentEstimate> of(Model model) {
    return trials.estimate(
        trial -> present(slices(trial, model)),
        cells -> TwoLevel.ofRounds(cells, Launches.OF_ABSOLUTES));
  }

  @Override
  public Map<Cell, StudentEstimate> ratio(Model model, Model against) {
    return ratio(model, against, Launches.ofRatios(model, against));
  }

  /// As [#ratio], with errors that do not depend on what the ratios are: what decides where to
  /// measure next must not know in which direction, or how far, two models differ.
  Map<Cell, StudentEstimate> blindRatio(Model model, Model against) {
    return ratio(model, against, Launches.ofRatios(model, against).blind());
  }

  private Map<Cell, StudentEstimate> ratio(Model model, Model against, TwoLevel.Prior prior) {
    return trials.estimate(
        trial -> present(ratios(trial.pairs(model, against))),
        cells -> TwoLevel.ofRounds(cells, prior));
  }

  /// In each cell, the log ratio of all that two models did less that of their usual slices.
  Map<Cell, StudentEstimate> totalsLessUsual(Model model, Model against) {
    return trials.estimate(
        trial -> totalsLessUsual(trial.pairs(model, against)),
        cells -> TwoLevel.estimate(cells, Launches.ofRatios(model, against)));
  }

  private static Optional<TrialMean> totalsLessUsual(List<Pair> pairs) {
    return pairs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TotalsLessMidmean.of(
                array(pairs, pair -> pair.model().operations()),
                array(pairs, pair -> pair.model().nanos()),
                array(pairs, pair -> pair.against().operations()),
                array(pairs, pair -> pair.against().nanos()),
                ratios(pairs)));
  }

  private static double[] array(List<Pair> pairs, ToDoubleFunction<Pair> of) {
    return pairs.stream().mapToDouble(of).toArray();
  }

  /// Every slice's log throughput.
  static Rounds slices(TrialRounds trial, Model model) {
    return Rounds.of(logThroughputs(trial.stints(model)));
  }

  /// Every log ratio within a round.
  private static Rounds ratios(List<Pair> pairs) {
    return Rounds.of(pairs.stream().map(Pair::differences).toList());
  }

  private static List<double[]> logThroughputs(List<Stint> stints) {
    return stints.stream().map(Stint::logThroughputs).toList();
  }

  private static Optional<Rounds> present(Rounds rounds) {
    return Optional.of(rounds).filter(found -> found.count() > 0);
  }

  /// Mean log throughput, round by round.
  static double[] logs(TrialRounds trial, Model model) {
    return trial.stints(model).stream().mapToDouble(Stint::logThroughput).toArray();
  }

  /// Mean log ratio, round by round.
  static double[] logRatios(TrialRounds trial, Model model, Model against) {
    return trial.pairs(model, against).stream()
        .mapToDouble(pair -> pair.model().logThroughput() - pair.against().logThroughput())
        .toArray();
  }
}
