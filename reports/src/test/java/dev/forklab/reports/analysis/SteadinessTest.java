package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Slice;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning.Kind;
import dev.forklab.results.sample.PlainSlice;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// What is said of a machine that changes and of rounds that stand out.
class SteadinessTest {

  private final SyntheticRun made = quiet();
  private final Run run = made.run();

  private static SyntheticRun quiet() {
    SyntheticRun quiet = new SyntheticRun(4);
    quiet.noise = 0.005;
    quiet.drift = 0.01;
    quiet.disturbed = 0;
    return quiet;
  }

  @Test
  void aQuietRunHasNoWarningAndNoFlag() {
    Analysis analysis = Analyzer.analyze(run, made.trials(run));
    assertThat(analysis.warnings()).isEmpty();
    assertThat(analysis.cells()).allMatch(result -> result.flags().isEmpty());
  }

  @Test
  void aMachineThatSlowsDownIsNoticedAndRatiosStand() {
    Analysis analysis = slowed(slice -> 1 + 0.03 * slice.round());
    assertThat(analysis.warnings())
        .singleElement()
        .satisfies(placed -> {
          assertThat(placed.warning().kind()).isEqualTo(Kind.DRIFT);
          assertThat(placed.warning().detail()).contains("slower within one trial");
        });
    assertThat(forkAgainstThreads(analysis).ratio().value()).isCloseTo(0.93 / 0.99, within(0.02));
  }

  @Test
  void aMachineThatChangesBetweenTrialsIsNoticed() {
    Trial first = made.trials(run).getFirst();
    Trial second =
        made.trials(run).stream()
            .filter(trial -> trial.planned().kind() == TrialKind.THROUGHPUT)
            .reduce((one, other) -> other)
            .map(trial -> slowed(trial, slice -> 1.5))
            .orElseThrow();
    assertThat(Analyzer.analyze(run, List.of(first, second)).warnings())
        .extracting(placed -> placed.warning().kind())
        .contains(Kind.DRIFT);
  }

  @Test
  void aTaskTimeThatIsOffIsSaidWithItsNumber() {
    Analysis analysis = slowed(slice -> 1.5);
    assertThat(analysis.warnings())
        .extracting(PlacedWarning::warning)
        .filteredOn(warning -> warning.kind() == Kind.TASK_TIME_OFF)
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.detail()).matches("asked for 1 ms, inline took 1.[45].* ms"));
  }

  /// A rise whose neighbors resemble each other, which the first third of the rounds tells badly.
  @Test
  void aPoolThatBecomesFasterRoundByRoundHasNoVerdictAndSaysWhy() {
    Analysis rising = slowed(slice -> slice.model() == Model.FORK ? 1.8 - 0.02 * slice.round() : 1);
    assertThat(rising.findings())
        .filteredOn(found -> found.metric() == Metric.THROUGHPUT)
        .filteredOn(found -> found.model() == Model.FORK || found.against() == Model.FORK)
        .isNotEmpty()
        .allMatch(found -> found.verdict() == Verdict.UNMEASURED);
    assertThat(rising.warnings())
        .extracting(PlacedWarning::warning)
        .filteredOn(warning -> warning.kind() == Kind.STILL_WARMING_UP)
        .singleElement()
        .satisfies(warning -> assertThat(warning.detail()).contains("faster in one trial"));
  }

  @Test
  void outliersAndModesAreFlaggedAndNotDropped() {
    Analysis far = slowed(slice -> slice.model() == Model.FORK && slice.round() == 3 ? 2 : 1);
    assertThat(flags(far, Model.FORK)).containsExactly("2 of 30 rounds are outliers");
    Analysis split =
        slowed(slice -> slice.model() == Model.VIRTUAL && slice.round() % 2 == 0 ? 1.2 : 1);
    assertThat(flags(split, Model.VIRTUAL))
        .singleElement()
        .satisfies(flag -> assertThat(flag).matches("rounds fall into groups (19|20|21)% apart"));
  }

  /// In every fifth round 30% more time: by totals, 1 - 1 / 1.06 less.
  @Test
  void aModelThatLosesSlicesNowAndThenIsNamed() {
    SyntheticRun longer = quiet().blocks(8);
    Run its = longer.run();
    List<Trial> trials =
        longer.trials(its).stream()
            .map(trial ->
                slowed(
                    trial,
                    slice -> slice.model() == Model.FORK && slice.round() % 5 == 2 ? 1.3 : 1))
            .toList();
    Analysis analysis = Analyzer.analyze(its, trials);
    assertThat(analysis.warnings())
        .extracting(PlacedWarning::warning)
        .filteredOn(warning -> warning.kind() == Kind.TOTALS_DIFFER)
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.detail())
                .matches(
                    "forked processes \\(JSON\\) against platform threads: 5\\.?.?% less by totals"
                        + " than in usual slices; and 1 more like it"));
    assertThat(forkAgainstThreads(analysis).ratio().value()).isCloseTo(0.93 / 0.99, within(0.02));
  }

  @Test
  void slicesSpoiltInAllModelsAlikeAreNobodysOwn() {
    int named = 0;
    for (int seed = 0; seed < 50; seed++) {
      SyntheticRun noisy = new SyntheticRun(seed);
      Run itsRun = noisy.run();
      named +=
          (int)
              Analyzer.analyze(itsRun, noisy.trials(itsRun)).warnings().stream()
                  .filter(placed -> placed.warning().kind() == Kind.TOTALS_DIFFER)
                  .count();
    }
    assertThat(named).isLessThanOrEqualTo(2);
  }

  @Test
  void aCoarseCpuClockBlursButDoesNotBend() {
    made.cpuTick = 10_000_000;
    Analysis analysis = Analyzer.analyze(run, made.trials(run));
    assertThat(analysis.findings())
        .filteredOn(found -> found.metric() == Metric.CPU_PER_TASK && found.model() == Model.FORK)
        .allSatisfy(
            found -> assertThat(found.ratio().value()).isCloseTo(0.99 / 0.93, within(0.05)));
  }

  private Analysis slowed(ToDoubleFunction<Slice> factor) {
    return Analyzer.analyze(
        run, made.trials(run).stream().map(trial -> slowed(trial, factor)).toList());
  }

  private static Trial slowed(Trial trial, ToDoubleFunction<Slice> factor) {
    List<Slice> slices =
        trial.slices().stream()
            .map(slice ->
                PlainSlice.of(
                    slice.round(),
                    slice.model(),
                    slice.warmup(),
                    slice.operations(),
                    Math.round(slice.nanos() * factor.applyAsDouble(slice)),
                    slice.cpuNanos(),
                    slice.wrongReplies(),
                    slice.latency()))
            .toList();
    return SyntheticRun.trial(trial.planned(), slices, trial.startUps(), trial.memory(), null);
  }

  private static Finding forkAgainstThreads(Analysis analysis) {
    return analysis.findings().stream()
        .filter(found -> found.metric() == Metric.THROUGHPUT && found.model() == Model.FORK)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> flags(Analysis analysis, Model model) {
    return analysis.cells().stream()
        .filter(result -> result.model() == model)
        .findFirst()
        .orElseThrow()
        .flags();
  }
}
