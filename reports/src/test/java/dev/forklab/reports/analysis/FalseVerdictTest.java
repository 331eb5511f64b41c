package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// How often the whole analysis is wrong, and how often it finds what is there, by simulation.
class FalseVerdictTest {

  private static final int RUNS = 60;

  private static final Cell[] CELLS = {
    SyntheticRun.BASE,
    new Cell(1, 1, 4096, 1_000_000),
    new Cell(4, 2, 4096, 1_000_000),
    new Cell(2, 2, 1024, 1_000_000),
    new Cell(2, 2, 65536, 1_000_000),
    new Cell(2, 2, 4096, 100_000),
    new Cell(2, 2, 4096, 10_000_000),
  };

  @Test
  void equalModelsAreHardlyEverToldApart() {
    Map<Verdict, Long> verdicts = verdicts(0.99, 0.99);
    long apart = count(verdicts, Verdict.FASTER) + count(verdicts, Verdict.SLOWER);
    assertThat(apart).as("of %s", verdicts).isLessThan(total(verdicts) / 20);
  }

  @Test
  void aClearDifferenceIsFoundOnItsRightSide() {
    Map<Verdict, Long> verdicts = verdicts(0.90, 0.99);
    assertThat(count(verdicts, Verdict.FASTER) + count(verdicts, Verdict.SAME)).isZero();
    assertThat(count(verdicts, Verdict.SLOWER)).isGreaterThan(total(verdicts) * 9 / 10);
  }

  /// Just outside the margin, "same" is wrong.
  @Test
  void whatIsNotTheSameIsHardlyEverCalledTheSame() {
    Map<Verdict, Long> verdicts = verdicts(0.99 / 1.031, 0.99);
    assertThat(count(verdicts, Verdict.SAME))
        .as("of %s", verdicts)
        .isLessThan(total(verdicts) / 20);
  }

  /// Verdicts of fork against threads, in throughput.
  private static Map<Verdict, Long> verdicts(double fork, double threads) {
    List<Finding> findings = new ArrayList<>();
    for (int seed = 0; seed < RUNS; seed++) {
      SyntheticRun made =
          new SyntheticRun(seed)
              .cells(CELLS)
              .share(Model.FORK, fork)
              .share(Model.THREADS, threads)
              .without(Model.VIRTUAL);
      made.drift = 0.05;
      made.noise = 0.01;
      made.disturbed = 0.05;
      Run run = made.run();
      findings.addAll(
          Analyzer.analyze(
                  run,
                  run.plan().trials().stream()
                      .filter(planned -> planned.kind() == TrialKind.THROUGHPUT)
                      .map(made::trial)
                      .toList())
              .findings());
    }
    return findings.stream()
        .filter(found -> found.metric() == Metric.THROUGHPUT)
        .collect(Collectors.groupingBy(Finding::verdict, Collectors.counting()));
  }

  private static long count(Map<Verdict, Long> verdicts, Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  private static long total(Map<Verdict, Long> verdicts) {
    return verdicts.values().stream().mapToLong(Long::longValue).sum();
  }
}
