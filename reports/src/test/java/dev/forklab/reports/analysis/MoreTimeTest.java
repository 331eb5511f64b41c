package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Stopping.NoGoal;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoreTimeTest {

  private static final double TRIAL_NANOS = 30e9;

  @Test
  void whatIsDecidedNeedsNoTime() {
    assertThat(sentence(finding(Model.FORK, 0.95, 0.93, 0.97, Verdict.SLOWER))).isEmpty();
    assertThat(sentence()).isEmpty();
  }

  @Test
  void anIntervalThatMustShrinkToHalfNeedsFourTimesTheLaunches() {
    // Of ±4% around 0.98 to the 2% that exclude 1: 8 launches become 32.
    assertThat(sentence(finding(Model.FORK, 0.98, 0.9412, 1.0204, Verdict.INCONCLUSIVE)))
        .contains(
            "Another 12 min would decide fork against threads, if ratios stay where they are.");
  }

  @Test
  void comparisonsAreNamedInOrderOfTheirTime() {
    assertThat(
            sentence(
                finding(Model.FORK, 0.98, 0.9412, 1.0204, Verdict.INCONCLUSIVE),
                finding(Model.VIRTUAL, 0.975, 0.945, 1.006, Verdict.INCONCLUSIVE),
                finding(Model.FORK_BINARY, 0.98, 0.9412, 1.0204, Verdict.INCONCLUSIVE)))
        .contains(
            "Another 3 min would decide virtual against threads, 12 min also fork against threads"
                + " and fork-binary against threads, if ratios stay where they are.");
  }

  @Test
  void whatTimeCannotDecideIsSaid() {
    // Of ±30% to 1.5%: four hundred times the launches.
    assertThat(
            sentence(
                finding(Model.FORK, 0.985, 0.73, 1.33, Verdict.INCONCLUSIVE),
                finding(Model.VIRTUAL, 1.0, 0.97, 1.031, Verdict.INCONCLUSIVE)))
        .contains(
            "Another 1 min would decide virtual against threads, if ratios stay where they are. More"
                + " time alone is unlikely to decide fork against threads: that needs a quieter"
                + " machine.");
    assertThat(sentence(finding(Model.FORK, 0.985, 0.98, 0.99, Verdict.UNMEASURED)))
        .as("a model that was not steady")
        .contains(
            "More time alone is unlikely to decide fork against threads: that needs a quieter"
                + " machine.");
  }

  /// Runs on noisy machines are given as many more launches as they say would decide fork against
  /// threads. If ratios stayed where they are, all would be decided; half of them move the other
  /// way, and so somewhat more than half are.
  @Test
  void theTimeSaidIsARoughGuide() {
    int asked = 0;
    int decided = 0;
    for (int seed = 0; seed < 30; seed++) {
      SyntheticRun made = SpendingRun.machine(seed, 0.96, 0.04, 0.04);
      SpendingRun first = SpendingRun.fixed(made);
      double launches =
          forkAgainstThreads(first.analysis())
              .filter(found -> found.verdict() == Verdict.INCONCLUSIVE)
              .map(MoreTime::launches)
              .orElse(0.0);
      if (launches > 0 && Double.isFinite(launches)) {
        asked++;
        List<Trial> longer = new ArrayList<>(first.trials());
        Trial like =
            first.trials().stream()
                .filter(trial -> trial.planned().cell().equals(SpendingRun.BASE))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < launches; i++) {
          longer.add(made.trial(SpendingRun.again(like.planned(), longer.size())));
        }
        Run run = first.run();
        decided +=
            forkAgainstThreads(Analyzer.analyze(run, longer))
                    .filter(found -> found.verdict().decided())
                    .isPresent()
                ? 1
                : 0;
      }
    }
    assertThat(asked).isGreaterThan(10);
    assertThat((double) decided / asked).isGreaterThan(0.5);
  }

  private static Optional<Finding> forkAgainstThreads(Analysis analysis) {
    return analysis.finding(Metric.THROUGHPUT, SpendingRun.BASE, Model.FORK, Model.THREADS);
  }

  private static Finding finding(
      Model model, double value, double low, double high, Verdict verdict) {
    return new Finding(
        Metric.THROUGHPUT,
        SpendingRun.BASE,
        model,
        Model.THREADS,
        new Estimate(value, low, high, 8),
        verdict);
  }

  private static Optional<String> sentence(Finding... findings) {
    SyntheticRun made = new SyntheticRun(1);
    return MoreTime.sentence(
        new Facts(
            made.run(),
            1,
            List.of(),
            List.of(),
            Arrays.asList(findings),
            List.of(),
            Optional.empty(),
            new TaskTimes(Map.of()),
            List.of(),
            new NoGoal(Map.of(), TRIAL_NANOS),
            List.of()));
  }
}
