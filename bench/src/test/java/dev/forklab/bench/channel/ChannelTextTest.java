package dev.forklab.bench.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.experiment.NodeComparison;
import dev.forklab.bench.experiment.Sample;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.results.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ratios of made-up slices.
class ChannelTextTest {

  private static final long SEED = 20261125;

  @Test
  void aRatioIsFoundThoughTheMachineDrifts() {
    Estimate ratio = ratio(samples(0.5, 2, 12)).orElseThrow();

    assertThat(ratio.value()).as("seed %d", SEED).isCloseTo(0.5, within(0.02));
    assertThat(ratio.low()).isLessThan(0.5);
    assertThat(ratio.high()).isGreaterThan(0.5);
  }

  @Test
  void onlyRoundsThatBothHaveCount() {
    List<Sample<Contestant>> samples = new ArrayList<>(samples(0.5, 1, 4));
    samples.add(sample(0, 99, Contestant.FORKLAB_JSON, 1e9));

    assertThat(ratio(samples).orElseThrow().value()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void nothingToCompareWithGivesNoRatio() {
    List<Sample<Contestant>> alone = List.of(sample(0, 0, Contestant.FORKLAB_JSON, 1));

    assertThat(ratio(alone)).isEmpty();
  }

  @Test
  void aimsAreJudgedByTheWholeInterval() {
    Aim fast = new Aim(Measure.START, 0.6, false);
    Aim many = new Aim(Measure.ECHO, 3, true);

    assertThat(fast.judge(new Estimate(0.5, 0.4, 0.59, 9))).isEqualTo(Aim.Verdict.REACHED);
    assertThat(fast.judge(new Estimate(0.5, 0.4, 0.61, 9))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(fast.judge(new Estimate(0.7, 0.61, 0.8, 9))).isEqualTo(Aim.Verdict.MISSED);
    assertThat(fast.judge(new Estimate(0.3, 0.1, 0.5, 9))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(fast.judge(new Estimate(0.7, Double.NaN, Double.NaN, 9)))
        .isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(many.judge(new Estimate(4, 3.1, 5, 9))).isEqualTo(Aim.Verdict.REACHED);
    assertThat(many.judge(new Estimate(3, 2.5, 3.5, 9))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(many.judge(new Estimate(2, 1.5, 2.9, 9))).isEqualTo(Aim.Verdict.MISSED);
  }

  @Test
  void everyContestantStandsTwiceInARoundAndMirrored() {
    List<Contestant> all = List.of(Contestant.values());
    Random random = Seeded.random(SEED);
    for (int round = 0; round < 7; round++) {
      List<Contestant> order = Seeded.mirrored(all, random);

      assertThat(order).hasSize(2 * all.size()).containsAll(all);
      assertThat(order).isEqualTo(order.reversed());
    }
  }

  @Test
  void aReportWithoutNodeShowsNoRatios() {
    NodeComparison<Contestant> alone =
        result("", List.of(sample(0, 0, Contestant.FORKLAB_JSON, 5e6)));

    assertThat(ChannelText.of(alone))
        .contains("5.0 ms")
        .contains("no node was found")
        .doesNotContain("aims");
  }

  @Test
  void aReportBesideNodeSaysWhichAimsAreReached() {
    assertThat(ChannelText.of(result("v20", samples(0.5, 2, 12))))
        .contains("as a ratio to node json")
        .containsPattern("start until the first message +forklab json +<= 0.6 +found .* reached");
  }

  private static NodeComparison<Contestant> result(String node, List<Sample<Contestant>> samples) {
    return new NodeComparison<>(
        "test",
        0,
        "lab channel",
        new dev.forklab.results.Host("os", "cpu", 2, 1, "java", java.util.Map.of(), List.of()),
        node,
        samples);
  }

  private static java.util.Optional<Estimate> ratio(List<Sample<Contestant>> samples) {
    return result("", samples)
        .compared()
        .ratio(Measure.START.id(), Contestant.FORKLAB_JSON, Contestant.REFERENCE);
  }

  /// Both slow down together by a third; each slice has its own noise of 3%.
  private static List<Sample<Contestant>> samples(double ratio, int blocks, int rounds) {
    Random random = new Random(SEED);
    List<Sample<Contestant>> samples = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      for (int round = 0; round < rounds; round++) {
        double speed = 1e7 * (1 + round / 3.0 / rounds);
        for (int i = 0; i < 2; i++) {
          samples.add(
              sample(
                  block,
                  round,
                  Contestant.FORKLAB_JSON,
                  ratio * speed * (1 + 0.03 * random.nextGaussian())));
          samples.add(
              sample(
                  block, round, Contestant.NODE_JSON, speed * (1 + 0.03 * random.nextGaussian())));
        }
      }
    }
    return samples;
  }

  private static Sample<Contestant> sample(
      int block, int round, Contestant contestant, double value) {
    return new Sample<>(block, round, Measure.START.id(), contestant, value, 1);
  }
}
