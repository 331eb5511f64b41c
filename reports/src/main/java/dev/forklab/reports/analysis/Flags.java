package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Dip;
import dev.forklab.reports.stats.Outliers;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reader should know of one model's rounds in one cell: flagged, never dropped.
///
/// Rounds are judged by their ratio to the baseline, since the machine's own drift would hide a
/// disturbed round or look like a second mode; the baseline by its ratio to the control.
final class Flags {

  /// Modes nearer than this do not matter to anyone.
  private static final double LEAST_APART = 0.03;

  private Flags() {}

  static Map<Cell, List<String>> of(CellTrials trials, Model model) {
    Model against = model == Model.INLINE ? Model.CONTROL : Model.INLINE;
    Map<Cell, List<String>> flags = new LinkedHashMap<>();
    trials.byCell().forEach((cell, of) -> flags.put(cell, flags(of, model, against)));
    return flags;
  }

  private static List<String> flags(List<TrialRounds> trials, Model model, Model against) {
    double[] ratios =
        trials.stream()
            .flatMapToDouble(trial -> Arrays.stream(Throughput.logRatios(trial, model, against)))
            .toArray();
    List<String> flags = new ArrayList<>();
    int outliers = Outliers.count(ratios);
    if (outliers > 0) {
      flags.add(
          outliers
              + " of "
              + Wording.count(ratios.length, "round")
              + (outliers == 1 ? " is an outlier" : " are outliers"));
    }
    double apart = apart(ratios);
    if (apart > LEAST_APART && Dip.severalModes(ratios)) {
      flags.add("rounds fall into groups " + Wording.percent(Math.expm1(apart)) + " apart");
    }
    Steadiness.stillWarmingUp(trials, model)
        .ifPresent(seen -> flags.add("still warming up: " + seen));
    return List.copyOf(flags);
  }

  /// How far the medians of the two groups are apart that the widest gap between sorted values
  /// makes, each of at least a fifth of them.
  private static double apart(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int least = Math.max(1, sorted.length / 5);
    int split = -1;
    double widest = 0;
    for (int i = least; i <= sorted.length - least; i++) {
      if (i > 0 && i < sorted.length && sorted[i] - sorted[i - 1] > widest) {
        widest = sorted[i] - sorted[i - 1];
        split = i;
      }
    }
    if (split < 0) {
      return 0;
    }
    double[] low = Arrays.copyOf(sorted, split);
    double[] high = Arrays.copyOfRange(sorted, split, sorted.length);
    return Quantiles.median(high) - Quantiles.median(low);
  }
}
