package dev.forklab.reports.analysis;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.TwoLevel;
import java.util.Map;
import java.util.Optional;

/// Tasks per second: the trimmed mean of rounds, of ratios within rounds for comparisons.
record Throughput(CellTrials trials) implements Measurements {

  @Override
  public Metric metric() {
    return Metric.THROUGHPUT;
  }

  @Override
  public Map<Cell, StudentEstimate> of(Model model) {
    return trials.estimate(
        trial -> present(logs(trial, model)),
        cells -> TwoLevel.ofRounds(cells, Launches.OF_ABSOLUTES));
  }

  @Override
  public Map<Cell, StudentEstimate> ratio(Model model, Model against) {
    return trials.estimate(
        trial -> present(logRatios(trial, model, against)),
        cells -> TwoLevel.ofRounds(cells, Launches.OF_RATIOS));
  }

  /// Log throughput, round by round.
  static double[] logs(TrialRounds trial, Model model) {
    return trial.stints(model).stream().mapToDouble(TrialRounds.Stint::logThroughput).toArray();
  }

  /// Log ratio, round by round.
  static double[] logRatios(TrialRounds trial, Model model, Model against) {
    return trial.pairs(model, against).stream()
        .mapToDouble(pair -> pair.model().logThroughput() - pair.against().logThroughput())
        .toArray();
  }

  private static Optional<double[]> present(double[] rounds) {
    return Optional.of(rounds).filter(values -> values.length > 0);
  }
}
