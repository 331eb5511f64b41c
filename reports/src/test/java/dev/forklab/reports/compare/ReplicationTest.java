package dev.forklab.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.SyntheticRun;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.compare.Replication.Pair;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Calibration;
import dev.forklab.results.Model;
import dev.forklab.results.Peer;
import dev.forklab.results.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplicationTest {

  private static final Question THROUGHPUT =
      new Question(Metric.THROUGHPUT, SyntheticRun.BASE, Model.FORK, Model.THREADS);

  @Test
  void runsOfOneTruthRarelyExcludeEachOtherAndDoNotContradict() {
    List<RunClaims> runs = IntStream.range(0, 6).mapToObj(seed -> measured(seed, 0.93)).toList();
    Replication found = Replication.of(runs);
    assertThat(found.comparisons())
        .as("three pairs of candidates, four metrics")
        .hasSize(12)
        .allMatch(comparison -> comparison.claims().size() == 6 && comparison.pairs().size() == 15);
    Replication.Count count = found.count(Metric.THROUGHPUT);
    assertThat(count.comparable() + count.tooWide()).isEqualTo(3 * 15);
    assertThat(count.differ()).isLessThan(12);
    assertThat(count.disjoint()).isLessThanOrEqualTo(count.differ());
    assertThat(found.leftOut()).isEmpty();
  }

  @Test
  void runsOfDifferentTruthsExcludeEachOtherAndContradict() {
    Replication found = Replication.of(List.of(measured(1, 0.7), measured(2, 1.3)));
    assertThat(found.comparisons())
        .filteredOn(comparison -> comparison.question().equals(THROUGHPUT))
        .singleElement()
        .satisfies(comparison ->
            assertThat(comparison.pairs()).containsExactly(new Pair(0, 1, true, true, true, true)));
  }

  @Test
  void aDifferenceWithinBothIntervalsTogetherIsSeenByTheTestAlone() {
    // Half-widths of 1.96 standard errors each; the difference is 3 standard errors of one.
    Replication found =
        Replication.of(
            List.of(
                claiming("a", Verdict.INCONCLUSIVE, 0.00, 0.01),
                claiming("b", Verdict.INCONCLUSIVE, 0.03, 0.01)));
    assertThat(found.comparisons().getFirst().pairs())
        .containsExactly(new Pair(0, 1, true, false, true, false));
    assertThat(found.count()).isEqualTo(new Replication.Count(1, 0, 0, 1));
  }

  @Test
  void verdictsContradictThatCannotBothBeRight() {
    assertThat(contradict(Verdict.SAME, Verdict.SLOWER, -0.06)).isTrue();
    assertThat(contradict(Verdict.SLOWER, Verdict.SAME, -0.06)).isTrue();
    assertThat(contradict(Verdict.FASTER, Verdict.SLOWER, -0.02)).isTrue();
    assertThat(contradict(Verdict.SAME, Verdict.FASTER, 0.021)).as("true of 1.015").isFalse();
    assertThat(contradict(Verdict.FASTER, Verdict.FASTER, 0.06)).isFalse();
    assertThat(contradict(Verdict.INCONCLUSIVE, Verdict.SLOWER, -0.06)).isFalse();
    assertThat(contradict(Verdict.UNMEASURED, Verdict.SLOWER, -0.06)).isFalse();
  }

  @Test
  void whatIsNotMeasuredWellEnoughIsNotCounted() {
    Replication found =
        Replication.of(
            List.of(
                claiming("a", Verdict.SLOWER, -1, 0.01),
                claiming("b", Verdict.UNMEASURED, 1, 0.6)));
    assertThat(found.count()).isEqualTo(new Replication.Count(0, 1, 0, 0));
  }

  @Test
  void aRunOfOtherIterationsIsLeftOutOfTheCell() {
    List<RunClaims> runs = new ArrayList<>();
    for (int iterations : new int[] {2023, 463, 2090}) {
      RunClaims claiming = claiming("run", Verdict.SLOWER, -0.1, 0.01);
      runs.add(with(claiming, calibration(4096, iterations), calibration(65536, iterations / 2)));
    }
    Replication found = Replication.of(runs);
    assertThat(found.comparisons().getFirst().claims()).containsOnlyKeys(0, 2);
    assertThat(found.leftOut())
        .containsExactly(
            "4 KiB messages, tasks asked for: 1 ms: run 2 is left out, since its tasks are 463"
                + " iterations, and those of the others 2,023 to 2,090.",
            "64 KiB messages, tasks asked for: 1 ms: run 2 is left out, since its tasks are 231"
                + " iterations, and those of the others 1,011 to 1,045.");
  }

  @Test
  void aPeerOfOtherIterationsLeavesTheComparisonsWithItAlone() {
    Question withNode = new Question(Metric.THROUGHPUT, SyntheticRun.BASE, Model.FORK, Model.NODE);
    Peer node = new Peer(Model.NODE, "/usr/bin/node", "v20");
    List<RunClaims> runs = new ArrayList<>();
    for (int iterations : new int[] {900, 1000}) {
      Claim claim = new Claim(new StudentEstimate(0, 0.01, 1e6, 4), Verdict.SAME);
      RunClaims both =
          new RunClaims(
              "run",
              new SyntheticRun(1).run(),
              new TaskTimes(Map.of()),
              Map.of(THROUGHPUT, claim, withNode, claim));
      runs.add(
          with(
              both,
              calibration(4096, 2000),
              new Calibration("seal", 4096, 1_000_000, iterations, 1_000_000, 0.01, node, 0)));
    }
    Replication found = Replication.of(runs);
    assertThat(found.comparisons())
        .extracting(Replication.Comparison::question)
        .containsExactly(THROUGHPUT);
    assertThat(found.leftOut()).singleElement().asString().contains("Node child_process.fork");
  }

  /// Whether two verdicts do, of which that of a difference comes with this log ratio.
  private static boolean contradict(Verdict one, Verdict other, double difference) {
    double first = one == Verdict.SAME ? 0 : difference;
    double second = other == Verdict.SAME ? 0 : difference;
    return Replication.of(
            List.of(claiming("a", one, first, 0.01), claiming("b", other, second, 0.01)))
        .comparisons()
        .getFirst()
        .pairs()
        .getFirst()
        .contradict();
  }

  private static RunClaims measured(long seed, double fork) {
    SyntheticRun made = new SyntheticRun(seed).blocks(3).share(Model.FORK, fork);
    Run run = made.run();
    return RunClaims.of("run " + seed, run, made.trials(run));
  }

  private static RunClaims claiming(String name, Verdict verdict, double log, double error) {
    Claim claim = new Claim(new StudentEstimate(log, error, 1e6, 4), verdict);
    return new RunClaims(
        name, new SyntheticRun(1).run(), new TaskTimes(Map.of()), Map.of(THROUGHPUT, claim));
  }

  private static Calibration calibration(int messageBytes, int iterations) {
    return new Calibration("seal", messageBytes, 1_000_000, iterations, 1_000_000, 0.01);
  }

  private static RunClaims with(RunClaims claims, Calibration... calibrations) {
    Run run = claims.run();
    return new RunClaims(
        claims.name(),
        new Run(
            run.schema(),
            run.labVersion(),
            run.startedEpochMillis(),
            run.command(),
            run.plan(),
            run.host(),
            Stream.of(calibrations).toList()),
        claims.taskTimes(),
        claims.claims());
  }
}
