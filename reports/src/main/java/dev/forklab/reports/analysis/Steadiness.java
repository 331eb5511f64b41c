package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Quantiles;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.reports.stats.Trend;
import dev.forklab.reports.stats.WarmUpTrend;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.units.Quantity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Whether the machine kept its speed, and whether models had warmed up.
final class Steadiness {

  /// A steady change of the baseline within one trial that deserves a word, as a log ratio.
  private static final double TREND = 0.1;

  private static final double TREND_PROBABILITY = 0.01;

  /// The range that deserves a word: of the baseline's rounds, from the 10th to the 90th
  /// percentile.
  private static final double RANGE = 0.15;

  /// How much slower a model must have been at first.
  private static final double UNSETTLED = 0.01;

  /// How much slower leaves no verdict: the margin of equivalence.
  private static final double NO_VERDICT = Math.log1p(Analysis.EQUIVALENCE_MARGIN);

  /// How much a pool must become faster within a trial for it to have no verdict.
  private static final double RISE = Math.log(1.1);

  private static final int FEWEST_ROUNDS = 6;

  /// A default run asks some fifty times whether a model was still warming up: at this level it
  /// cries wolf once in twenty runs.
  private static final double STILL_WARMING_UP_PROBABILITY = 0.001;

  /// Of a handful of models, asked once each.
  private static final double STILL_WARMING_UP_OVERALL_PROBABILITY = 0.01;

  private static final List<Model> CANDIDATES =
      Arrays.stream(Model.values()).filter(model -> model.role() == Role.CANDIDATE).toList();

  private Steadiness() {}

  /// What is to be said of the machine's speed over a cell's trials, if anything.
  static Optional<String> drift(List<TrialRounds> trials) {
    List<double[]> baselines =
        trials.stream().map(trial -> Throughput.logs(trial, Model.INLINE)).toList();
    double worst = 0;
    for (double[] rounds : baselines) {
      Trend trend = Trend.of(rounds);
      double change = trend.slope() * (rounds.length - 1);
      if (trend.probability() < TREND_PROBABILITY && Math.abs(change) > Math.abs(worst)) {
        worst = change;
      }
    }
    if (Math.abs(worst) > TREND) {
      String direction = worst > 0 ? " faster" : " slower";
      String share = Wording.percent(Math.expm1(worst));
      return Optional.of("the baseline became " + share + direction + " within one trial");
    }
    return range(baselines.stream().flatMapToDouble(Arrays::stream));
  }

  private static Optional<String> range(DoubleStream baselines) {
    double[] all = baselines.toArray();
    double low = Quantiles.quantile(all, 0.1);
    double high = Quantiles.quantile(all, 0.9);
    if (!(high - low > RANGE)) {
      return Optional.empty();
    }
    return Optional.of(
        "the baseline ran at "
            + Quantity.time(1e9 * Math.exp(-high))
            + " to "
            + Quantity.time(1e9 * Math.exp(-low))
            + " a task (10th to 90th percentile of its rounds)");
  }

  /// Whether `model` was still becoming faster, judged against the baseline in the same rounds: the
  /// first third of the measured rounds with the rest. The baseline itself is judged against each
  /// candidate, and must have been slower beside all of them.
  static Optional<String> stillWarmingUp(List<TrialRounds> trials, Model model) {
    return stillWarmingUp(trials, model, STILL_WARMING_UP_PROBABILITY);
  }

  /// Which models of each cell were so much slower at first that nothing is to be said of them.
  static Map<Cell, Set<Model>> stillWarmingUp(CellTrials trials, List<Model> models) {
    Map<Cell, Set<Model>> stillWarmingUp = new HashMap<>();
    trials
        .byCell()
        .forEach((cell, ofCell) ->
            stillWarmingUp.put(
                cell,
                models.stream()
                    .filter(model -> isStillWarmingUp(ofCell, model))
                    .collect(Collectors.toSet())));
    return stillWarmingUp;
  }

  private static boolean isStillWarmingUp(List<TrialRounds> trials, Model model) {
    return slowerAtFirst(trials, model, STILL_WARMING_UP_PROBABILITY) < -NO_VERDICT
        || trials.stream().anyMatch(trial -> rise(trial, model) > RISE);
  }

  /// By how much a pool became faster against the baseline from the first to the last round of a
  /// trial, as a log ratio: a steady rise, which the first third tells badly, since its neighbors
  /// resemble it. 0 if that is not certain.
  private static double rise(TrialRounds trial, Model model) {
    double[] rounds = Throughput.logRatios(trial, model, Model.INLINE);
    if (model.role() == Role.BASELINE || rounds.length < FEWEST_ROUNDS) {
      return 0;
    }
    Trend trend = Trend.of(rounds);
    return trend.probability() < STILL_WARMING_UP_PROBABILITY
        ? trend.slope() * (rounds.length - 1)
        : 0;
  }

  private static Optional<String> stillWarmingUp(
      List<TrialRounds> trials, Model model, double probability) {
    double rise = trials.stream().mapToDouble(trial -> rise(trial, model)).max().orElse(0);
    if (rise > RISE) {
      return Optional.of("it became " + Wording.percent(Math.expm1(rise)) + " faster in one trial");
    }
    double least = slowerAtFirst(trials, model, probability);
    return least < -UNSETTLED
        ? Optional.of(
            "the first third of its rounds was " + Wording.percent(Math.expm1(least)) + " slower")
        : Optional.empty();
  }

  /// By how much the first third of a model's rounds was off the rest, as a log ratio; 0 if that is
  /// not certain.
  private static double slowerAtFirst(List<TrialRounds> trials, Model model, double probability) {
    List<Model> beside = model.role() == Role.BASELINE ? CANDIDATES : List.of(Model.INLINE);
    List<StudentEstimate> heads =
        beside.stream()
            .map(other ->
                WarmUpTrend.headLessRest(
                    trials.stream()
                        .map(trial -> Throughput.logRatios(trial, model, other))
                        .toList()))
            .filter(head -> head.samples() > 0)
            .toList();
    double least = heads.stream().mapToDouble(StudentEstimate::value).max().orElse(Double.NaN);
    boolean certain = heads.stream().allMatch(head -> head.differenceProbability() < probability);
    return certain && Double.isFinite(least) ? least : 0;
  }

  /// As [#stillWarmingUp], over the trials of all cells, which together may say what one cell is
  /// too noisy to say.
  static Optional<String> stillWarmingUpOverall(List<TrialRounds> trials, Model model) {
    return stillWarmingUp(trials, model, STILL_WARMING_UP_OVERALL_PROBABILITY);
  }
}
