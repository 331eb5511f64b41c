package dev.forklab.reports.compare;

import static dev.forklab.reports.compare.TwoRuns.BASE;
import static dev.forklab.reports.compare.TwoRuns.LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.ChangeChart;
import dev.forklab.results.Host;
import dev.forklab.results.Model;
import dev.forklab.results.sample.SampleRuns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Host ELSEWHERE =
      new Host("Linux", "Another CPU", 2, 8L << 30, "25", Map.of(), List.of());

  @Test
  void theErrorOfAChangeIsThatOfBothRuns() {
    Change change =
        ratio(run("a").number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.INLINE, 0.9, 0.01));
    double half = Math.log(change.factor().high()) - Math.log(change.factor().value());
    assertThat(half).isCloseTo(1.96 * 0.01 * Math.sqrt(2), within(1e-4));
    assertThat(change.factor().value()).isCloseTo(1, within(1e-9));
    assertThat(change.verdict()).isEqualTo(Verdict.SAME);
  }

  private static Change ratio(TwoRuns both) {
    return Changes.of(both.numbers(), both.numbers()).changes().getFirst();
  }

  @Test
  void theNoiseFloorsOfBothRunsWidenIt() {
    Change change =
        ratio(run("a").number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.INLINE, 0.9, 0.001, 0.03));
    double half = Math.log(change.factor().high()) - Math.log(change.factor().value());
    assertThat(half).isCloseTo(Math.hypot(0.03, 0.03), within(1e-9));
    assertThat(change.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void lessThroughputIsSlowerAndMoreLatencyAsWell() {
    List<Change> found = changes(forkWorse("a", 1), forkWorse("b", 0.9)).changes();
    assertThat(found).hasSize(3).allMatch(change -> change.verdict() == Verdict.SLOWER);
    assertThat(changes(forkWorse("a", 0.9), forkWorse("b", 1)).changes())
        .allMatch(change -> change.verdict() == Verdict.FASTER);
  }

  private static TwoRuns forkWorse(String name, double factor) {
    return run(name)
        .number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.INLINE, factor, 0.01)
        .number(Aspect.LATENCY_P99, BASE, Model.FORK, Model.INLINE, Math.pow(factor, -0.8), 0.01)
        .number(Aspect.MEMORY, BASE, Model.FORK, null, 2e8 * Math.pow(factor, -0.5), 0.01);
  }

  @Test
  void anAbsoluteChangeStandsBesideThatOfTheRatioWhichDecides() {
    Change change =
        changes(throughputs("a", 0.9, 1800), throughputs("b", 0.9, 1750)).changes().getFirst();
    assertThat(change.subject().against()).contains(Model.THREADS);
    assertThat(change.verdict()).isEqualTo(Verdict.SAME);
    assertThat(change.absolute().orElseThrow().value()).isCloseTo(1750.0 / 1800, within(1e-9));
  }

  private static TwoRuns throughputs(String name, double ratio, double perSecond) {
    return run(name)
        .number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.INLINE, ratio, 0.004)
        .number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.THREADS, ratio, 0.004)
        .number(Aspect.THROUGHPUT, BASE, Model.FORK, null, perSecond, 0.01);
  }

  @Test
  void onAnotherMachineOnlyRatiosAreCompared() {
    TwoRuns elsewhere =
        throughputs("b", 0.9, 900)
            .on(ELSEWHERE)
            .number(Aspect.MEMORY, BASE, Model.FORK, null, 2, 0.01);
    Changes found =
        changes(
            throughputs("a", 0.9, 1800).number(Aspect.MEMORY, BASE, Model.FORK, null, 2, 0.01),
            elsewhere);
    assertThat(found.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.subject().against()).contains(Model.THREADS);
          assertThat(change.absolute()).isEmpty();
        });
    assertThat(found.notes()).singleElement().asString().startsWith("The machines differ");
  }

  @Test
  void withAnotherCalibrationOnlyRatiosAreCompared() {
    Changes found =
        changes(throughputs("a", 0.9, 1800), throughputs("b", 0.9, 1700).iterations(2800));
    assertThat(found.changes()).allMatch(change -> change.absolute().isEmpty());
    assertThat(found.notes())
        .containsExactly(
            "Absolute throughput, latency and CPU time are not compared in 7 of 7 cells, since"
                + " their tasks or the machine's speed differ; in the first, its tasks are 2,710"
                + " iterations, 1 ms in the baseline, 2,800 iterations, 1 ms in the other run.");
  }

  @Test
  void whereTheMachineWasSlowerOnlyRatiosAreCompared() {
    Changes found =
        changes(throughputs("a", 0.9, 1800), throughputs("b", 0.9, 1700).taskNanos(1_050_000));
    assertThat(found.changes()).hasSize(1).allMatch(change -> change.absolute().isEmpty());
    assertThat(found.notes()).singleElement().asString().contains("1.05 ms in the other run");
  }

  @Test
  void cellsOfOtherWorkAndAnotherTimeAreLeftOut() {
    Changes found =
        changes(
            throughputs("a", 0.9, 1800),
            throughputs("b", 0.9, 1700).iterations(5000).taskNanos(1_800_000));
    assertThat(found.changes()).isEmpty();
    assertThat(found.notes())
        .hasSizeGreaterThanOrEqualTo(7)
        .first()
        .asString()
        .contains("is left out: its tasks are 2,710 iterations, 1 ms");
    assertThat(ChangeWords.answer(found)).startsWith("Nothing can be compared");
  }

  @Test
  void aModelOfOneRunOnlyIsNotCompared() {
    Changes found = changes(throughputs("a", 0.9, 1800), run("b"));
    assertThat(found.changes()).isEmpty();
  }

  @Test
  void whatIsTooWideIsNotMeasuredAndDoesNotPassForSame() {
    TwoRuns wide = run("a").number(Aspect.THROUGHPUT, BASE, Model.FORK, Model.INLINE, 0.9, 0.5);
    Change change = ratio(wide);
    assertThat(change.verdict()).isEqualTo(Verdict.UNMEASURED);
    assertThat(change.worseThan(0.05)).isFalse();
    assertThat(change.mayBeWorseThan(0.05)).isTrue();
  }

  @Test
  void theAnswerNamesTheWorstFirstAndWhereItIs() {
    Changes found =
        changes(
            forkWorse("a", 1)
                .number(Aspect.THROUGHPUT, LARGE, Model.FORK, Model.INLINE, 0.4, 0.01)
                .number(Aspect.THROUGHPUT, LARGE, Model.VIRTUAL, Model.INLINE, 0.4, 0.001),
            forkWorse("b", 1.1)
                .number(Aspect.THROUGHPUT, LARGE, Model.FORK, Model.INLINE, 0.352, 0.01)
                .number(Aspect.THROUGHPUT, LARGE, Model.VIRTUAL, Model.INLINE, 0.4, 0.001));
    assertThat(ChangeWords.answer(found))
        .isEqualTo(
            "4 of 5 comparisons changed: fork at 1 MiB 12% slower (9.5 to 14%); fork with 2 workers"
                + " 10% faster (7 to 13%); fork with 2 workers: p99 latency 7.3% lower (4.7 to"
                + " 9.9%); 1 more.");
  }

  @Test
  void thePictureSaysTheAnswerAndIsNotDrawnOfNothing() throws Exception {
    Changes found = changes(forkWorse("a", 1), forkWorse("b", 0.9));
    assertThat(ChangeChart.of(found))
        .hasValueSatisfying(chart -> {
          assertThat(chart.title()).isEqualTo(ChangeWords.answer(found));
          assertThat(chart.svg()).contains("fork with 2 workers: p99 latency");
        });
    assertThat(ChangeChart.of(changes(run("a"), run("b")))).isEmpty();
  }

  private static TwoRuns run(String name) {
    return new TwoRuns(name).of(SampleRuns.run(SampleRuns.MODELS));
  }

  private static Changes changes(TwoRuns before, TwoRuns after) {
    return Changes.of(before.numbers(), after.numbers());
  }

  @Test
  void withoutAReferenceInCommonTheAbsoluteNumberDecides() {
    TwoRuns only = run("a").number(Aspect.THROUGHPUT, BASE, Model.FORK, null, 1800, 0.01);
    assertThat(ratio(only).subject().against()).isEqualTo(Optional.empty());
  }
}
