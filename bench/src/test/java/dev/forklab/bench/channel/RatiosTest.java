package dev.forklab.bench.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.channel.Ratios.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Ratios of made-up slices.
class RatiosTest {

  private static final long SEED = 20261125;

  @Test
  void aRatioIsFoundThoughTheMachineDrifts() {
    Ratio ratio = ratio(samples(0.5, 2, 12)).orElseThrow();

    assertThat(ratio.value()).as("seed %d", SEED).isCloseTo(0.5, within(0.02));
    assertThat(ratio.low()).isLessThan(0.5);
    assertThat(ratio.high()).isGreaterThan(0.5);
  }

  @Test
  void onlyRoundsThatBothHaveCount() {
    List<Sample> samples = new ArrayList<>(samples(0.5, 1, 4));
    samples.add(sample(0, 99, Contestant.FORKLAB_JSON, 1e9));

    assertThat(ratio(samples).orElseThrow().value()).isCloseTo(0.5, within(0.05));
  }

  @Test
  void nothingToCompareWithGivesNoRatio() {
    List<Sample> alone = List.of(sample(0, 0, Contestant.FORKLAB_JSON, 1));

    assertThat(ratio(alone)).isEmpty();
  }

  @Test
  void aimsAreJudgedByTheWholeInterval() {
    Aim fast = new Aim(Measure.START, 0.6, false);
    Aim many = new Aim(Measure.ECHO, 3, true);

    assertThat(fast.judge(new Ratio(0.5, 0.4, 0.59))).isEqualTo(Aim.Verdict.REACHED);
    assertThat(fast.judge(new Ratio(0.5, 0.4, 0.61))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(fast.judge(new Ratio(0.7, 0.61, 0.8))).isEqualTo(Aim.Verdict.MISSED);
    assertThat(fast.judge(new Ratio(0.3, 0.1, 0.5))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(fast.judge(new Ratio(0.7, Double.NaN, Double.NaN))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(many.judge(new Ratio(4, 3.1, 5))).isEqualTo(Aim.Verdict.REACHED);
    assertThat(many.judge(new Ratio(3, 2.5, 3.5))).isEqualTo(Aim.Verdict.UNCERTAIN);
    assertThat(many.judge(new Ratio(2, 1.5, 2.9))).isEqualTo(Aim.Verdict.MISSED);
  }

  @Test
  void everyContestantStandsTwiceInARoundAndMirrored() {
    List<Contestant> all = List.of(Contestant.values());
    for (int round = 0; round < 7; round++) {
      List<Contestant> order = Order.mirrored(all, round);

      assertThat(order).hasSize(2 * all.size()).containsAll(all);
      assertThat(order).isEqualTo(order.reversed());
    }
    assertThat(Order.mirrored(all, 0).getFirst()).isNotEqualTo(Order.mirrored(all, 1).getFirst());
  }

  @Test
  void aReportWithoutNodeShowsNoRatios() {
    ChannelResult alone = result("", List.of(sample(0, 0, Contestant.FORKLAB_JSON, 5e6)));

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

  private static ChannelResult result(String node, List<Sample> samples) {
    return new ChannelResult(
        "test",
        0,
        "lab channel",
        new dev.forklab.results.Host("os", "cpu", 2, 1, "java", java.util.Map.of(), List.of()),
        node,
        samples);
  }

  private static java.util.Optional<Ratio> ratio(List<Sample> samples) {
    return Ratios.of(samples, Measure.START, Contestant.FORKLAB_JSON, Contestant.REFERENCE);
  }

  /// Both slow down together by a third; each slice has its own noise of 3%.
  private static List<Sample> samples(double ratio, int blocks, int rounds) {
    Random random = new Random(SEED);
    List<Sample> samples = new ArrayList<>();
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

  private static Sample sample(int block, int round, Contestant contestant, double value) {
    return new Sample(block, round, Measure.START.id(), contestant, value, 1);
  }
}
