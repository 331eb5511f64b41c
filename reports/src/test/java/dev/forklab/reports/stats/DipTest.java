package dev.forklab.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DipTest {

  private static final long SEED = 1;

  @Test
  void evenlySpreadValuesHaveTheLeastDip() {
    assertThat(Dip.dip(IntStream.range(0, 10).asDoubleStream().toArray()))
        .isCloseTo(1.0 / 20, within(1e-12));
  }

  @Test
  void twoDistantClustersHaveNearlyTheLargestDip() {
    double[] values = IntStream.range(0, 40).mapToDouble(i -> i * 0.001 + i / 20 * 100).toArray();
    assertThat(Dip.dip(values)).isBetween(0.249, 0.25);
    assertThat(Dip.severalModes(values)).isTrue();
  }

  /// The 95th percentile of the dip of 50 uniform values is 0.0702 in the table of Hartigan and
  /// Hartigan (1985).
  @Test
  void uniformValuesDipAsPublished() {
    double[] dips = uniformDips(50);
    assertThat(dips[(int) (0.95 * dips.length)])
        .as("seed %s", SEED)
        .isCloseTo(0.0702, within(0.002));
  }

  @Test
  void oneModeIsHardlyEverTakenForSeveral() {
    for (int n : new int[] {20, 30, 45, 100}) {
      double[] dips = uniformDips(n);
      long wrong = Arrays.stream(dips).filter(dip -> dip * Math.sqrt(n) > 0.6).count();
      assertThat(wrong / (double) dips.length).as("n %s, seed %s", n, SEED).isLessThan(0.012);
    }
  }

  @Test
  void equalAndMissingValuesHaveNoModesToTell() {
    assertThat(Dip.severalModes(new double[0])).isFalse();
    assertThat(Dip.severalModes(new double[30])).isFalse();
    assertThat(Dip.severalModes(new double[] {1, 1, 1, 9, 9, 9})).isFalse();
  }

  private static double[] uniformDips(int n) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] dips = new double[2000];
    for (int i = 0; i < dips.length; i++) {
      dips[i] = Dip.dip(random.doubles(n).toArray());
    }
    Arrays.sort(dips);
    return dips;
  }
}
