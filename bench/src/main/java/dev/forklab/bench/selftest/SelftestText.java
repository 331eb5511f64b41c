package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.selftest.Check.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/// A selftest's result in words and tables: what the terminal and `selftest.txt` show.
public final class SelftestText {

  private SelftestText() {}

  /// All of it.
  public static String of(SelftestResult result) {
    StringBuilder text = new StringBuilder();
    EffectScore effects = result.effects();
    if (effects != null) {
      text.append(tables(effects)).append('\n');
    }
    for (Step step : result.request().steps()) {
      List<Check> checks = result.checks().stream().filter(check -> check.step() == step).toList();
      if (!checks.isEmpty()) {
        text.append(step.id()).append('\n');
        checks.forEach(check -> text.append(line(check)));
      }
    }
    return text.append(conclusion(result)).toString();
  }

  /// One check.
  public static String line(Check check) {
    return ComparisonText.format(
        "  %-12s %s: %s (expected %s)%n",
        check.outcome().label(), check.claim(), check.found(), check.expected());
  }

  private static String conclusion(SelftestResult result) {
    long held = count(result, Outcome.HELD);
    long shortOf = count(result, Outcome.FELL_SHORT);
    long unknown = count(result, Outcome.NOT_MEASURED);
    return ComparisonText.format(
        "%s: %d of %d checks held, %d fell short, %d could not be measured%n",
        result.held() ? "the lab tells the truth here" : "the lab falls short here",
        held,
        result.checks().size(),
        shortOf,
        unknown);
  }

  private static long count(SelftestResult result, Outcome outcome) {
    return result.checks().stream().filter(check -> check.outcome() == outcome).count();
  }

  private static String tables(EffectScore effects) {
    return ComparisonText.format(
            "%d repetitions of a usual run's one cell%n%n", effects.repetitions())
        + nulls(effects)
        + '\n'
        + injected(effects);
  }

  private static String nulls(EffectScore effects) {
    return ComparisonText.format(
            "%-50s %11s %10s %12s   %s%n",
            "nothing injected",
            "comparisons",
            "told apart",
            "1 left out",
            "throughput ± (median, most)")
        + effects.nulls().stream()
            .map(score ->
                ComparisonText.format(
                    "%-50s %11d %10d %12d   %.2f%%, %.2f%%%n",
                    score.pair(),
                    score.comparisons(),
                    score.toldApart(),
                    score.leftOut(),
                    score.medianHalfWidth(),
                    score.widest()))
            .collect(Collectors.joining());
  }

  private static String injected(EffectScore effects) {
    return ComparisonText.format(
            "%-14s %8s %6s %7s %6s %6s %8s %7s %8s %7s   %s%n",
            "metric",
            "injected",
            "found",
            "slower",
            "same",
            "wrong",
            "covered",
            "mean",
            "bias",
            "spread",
            "range")
        + effects.injected().stream().map(SelftestText::row).collect(Collectors.joining())
        + "found: the interval leaves out 0. slower, same: verdicts; below 3% 'same' is right."
        + " wrong: found on the\nwrong side. covered: the interval holds the truth. All in"
        + " percent and points of slowing down.\n";
  }

  private static String row(InjectedScore score) {
    return ComparisonText.format(
        "%-14s %7d%% %6s %7d %6d %6d %8d %7.2f %+8.2f %7.2f   %.2f to %.2f%n",
        score.metric().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
        score.percent(),
        score.found() + "/" + score.repetitions(),
        score.told(),
        score.same(),
        score.wrongSide(),
        score.covered(),
        score.mean(),
        score.mean() - score.percent(),
        score.spread(),
        score.low(),
        score.high());
  }
}
