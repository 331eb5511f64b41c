package dev.forklab.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.bench.experiment.NodeComparison;
import dev.forklab.bench.experiment.Sample;
import dev.forklab.results.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is said of made-up slices, and the bytes of an answer.
class ClusterTextTest {

  @Test
  void aReportBesideNodeShowsRatiosAndWhatAReloadLost() {
    List<Sample<ClusterContestant>> samples = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      for (ClusterContestant contestant : ClusterContestant.values()) {
        double rate = contestant.isOfNode() ? 10_000 + round : 20_000 + 2 * round;
        samples.add(sample(round, ClusterMeasure.KEPT_RATE, contestant, rate));
        samples.add(sample(round, ClusterMeasure.LOST, contestant, contestant.isOfNode() ? 1 : 0));
      }
    }
    assertThat(ClusterText.of(result("v20", samples)))
        .containsPattern("requests/s, kept connections +20.0 k/s +20.0 k/s +10.0 k/s +10.0 k/s")
        .containsPattern("forklab shared +0 of 600")
        .containsPattern("node round robin +6 of 600")
        .contains("as a ratio to node round robin (95% interval)")
        .containsPattern("requests/s, kept connections +2.00 \\(.*\\) +2.00 \\(.*\\) +1.00 \\(");
  }

  @Test
  void aReportWithoutNodeShowsNoRatios() {
    List<Sample<ClusterContestant>> alone =
        List.of(sample(0, ClusterMeasure.FRESH_P99, ClusterContestant.FORKLAB_SHARED, 2e6));
    assertThat(ClusterText.of(result("", alone)))
        .contains("2.00 ms")
        .contains("no node was found")
        .doesNotContain("node round robin");
  }

  @Test
  void anAnswerSaysItsWorkerAndWhetherMoreMayCome() {
    byte[] usual = FixedAnswer.of(12_345, true);
    byte[] last = FixedAnswer.of(7, false);

    assertThat(usual).hasSize(FixedAnswer.LENGTH);
    assertThat(last).hasSize(FixedAnswer.LENGTH);
    assertThat(FixedAnswer.worker(usual)).isEqualTo(2_345);
    assertThat(FixedAnswer.worker(last)).isEqualTo(7);
    assertThat(FixedAnswer.closes(usual)).isFalse();
    assertThat(FixedAnswer.closes(last)).isTrue();
    assertThatThrownBy(() -> FixedAnswer.worker(new byte[FixedAnswer.LENGTH]))
        .hasMessageContaining("expected an answer of a worker");
  }

  private static NodeComparison<ClusterContestant> result(
      String node, List<Sample<ClusterContestant>> samples) {
    Host host = new Host("os", "cpu", 2, 1, "java", Map.of(), List.of());
    return new NodeComparison<>("test", 0, "lab cluster", host, node, samples);
  }

  private static Sample<ClusterContestant> sample(
      int round, ClusterMeasure measure, ClusterContestant contestant, double value) {
    return new Sample<>(0, round, measure.id(), contestant, value, 100);
  }
}
