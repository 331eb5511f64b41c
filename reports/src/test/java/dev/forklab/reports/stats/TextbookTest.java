package dev.forklab.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Against values that others published or that follow by hand.
class TextbookTest {

  /// Self-awareness times of Dana (1990), the example of Wilcox, "Introduction to Robust Estimation
  /// and Hypothesis Testing", section 3.3: 20% trimmed mean 282.7, Winsorized variance 21551.4.
  private static final double[] DANA = {
    77, 87, 88, 114, 151, 210, 219, 246, 253, 262, 296, 299, 306, 376, 428, 515, 666, 1310, 2611
  };

  @Test
  void trimmedMeanOfSelfAwareness() {
    TrimmedMean mean = TrimmedMean.of(DANA);
    assertThat(mean.value()).isCloseTo(282.7, within(0.05));
    assertThat(mean.variance()).isCloseTo(21551.4 * 18 / (13 * 12), within(1.0));
    assertThat(mean.degreesOfFreedom()).isEqualTo(12);
  }

  @Test
  void trimmedMeanOfFewValuesIsTheMean() {
    TrimmedMean mean = TrimmedMean.of(new double[] {1, 2, 3, 6});
    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.variance()).isCloseTo(14.0 / 3 / 4, within(1e-12));
    assertThat(TrimmedMean.of(new double[] {5}).variance()).isNaN();
    assertThat(TrimmedMean.of(new double[0]).value()).isNaN();
  }

  /// By hand: of 16 differences the eight in the middle are kept; the rest counts as the nearest
  /// one kept.
  @Test
  void midmeanOfDifferencesLetsNoSpoiltSliceDecide() {
    Rounds rounds =
        Rounds.differences(
            List.of(
                new double[] {5, 7}, new double[] {6, 6}, new double[] {7, 5}, new double[] {6, 0}),
            List.of(
                new double[] {3, 3},
                new double[] {2, 4},
                new double[] {3, 3},
                new double[] {3, 3}));
    // 2 2 4 4 | 4 2 4 2 | 4 4 2 2 | 3 3 -3 -3, and so 2 2 2 2 3 3 4 4 in the middle.
    assertThat(rounds.midmean()).isEqualTo(22.0 / 8);
    // Winsorized: 2 to 4, with a mean of (2 * 8 + 3 * 2 + 4 * 6) / 16 = 2.875.
    assertThat(rounds.influences()).containsExactly(0.25, 0.25, 0.25, -0.75);
    assertThat(rounds.mean(2).variance()).isCloseTo(2 * 0.75 / (4 * 3), within(1e-12));
    assertThat(rounds.mean(1).degreesOfFreedom()).isEqualTo(3);
  }

  /// A machine that becomes faster from slice to slice, and models whose logs differ by 0.5 in
  /// truth: in mirrored rounds the drift cancels.
  @Test
  void steadyDriftMovesNoMidmeanOfMirroredRounds() {
    List<double[]> ones = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      double start = 6 * round;
      ones.add(new double[] {start + 1.5, start + 6.5});
      others.add(new double[] {start + 3, start + 4});
    }
    assertThat(Rounds.differences(ones, others).midmean()).isCloseTo(0.5, within(1e-12));
  }

  /// Ten rounds of equal slices, in one of which the first model does nothing to speak of.
  @Test
  void totalsCountWhatTheUsualSliceDoesNotSee() {
    double[] all = new double[10];
    Arrays.fill(all, 100);
    double[] lossy = all.clone();
    lossy[4] = 1e-9;
    double[] nanos = all.clone();
    List<double[]> logs = Arrays.stream(all).mapToObj(it -> new double[] {Math.log(it)}).toList();
    List<double[]> lossyLogs =
        Arrays.stream(lossy).mapToObj(it -> new double[] {Math.log(it)}).toList();
    TrialMean less =
        TotalsLessMidmean.of(lossy, nanos, all, nanos, Rounds.differences(lossyLogs, logs));
    assertThat(less.value()).isCloseTo(Math.log(0.9), within(1e-9));
    // Of the totals' shares one is 0 and nine are 1/9: the usual standard error of a mean.
    assertThat(Math.sqrt(less.variance())).isCloseTo(1.0 / 9, within(1e-9));
  }

  @Test
  void roundsOfOneValueEachHaveTheirInterquartileMean() {
    Rounds rounds = Rounds.of(Arrays.stream(DANA).mapToObj(time -> new double[] {time}).toList());
    assertThat(rounds.count()).isEqualTo(19);
    assertThat(rounds.midmean())
        .isCloseTo(
            (210 + 219 + 246 + 253 + 262 + 296 + 299 + 306 + 376 + 428 + 151) / 11.0, within(1e-9));
    assertThat(Arrays.stream(rounds.influences()).sum()).isCloseTo(0, within(1e-9));
    assertThat(Rounds.of(List.of(new double[0])).count()).isZero();
    assertThat(Rounds.of(List.of()).midmean()).isNaN();
    assertThat(Rounds.of(List.of(new double[] {1, 3})).mean(1).variance()).isNaN();
  }

  @Test
  void quantilesInterpolateAsTypeSeven() {
    double[] values = {9, 1, 4, 2};
    assertThat(Quantiles.quantile(values, 0.25)).isEqualTo(1.75);
    assertThat(Quantiles.median(values)).isEqualTo(3);
    assertThat(Quantiles.quantile(values, 1)).isEqualTo(9);
    assertThat(values).as("untouched").containsExactly(9, 1, 4, 2);
  }

  /// t of 9 degrees of freedom: 2.262 leaves 2.5% at each end.
  @Test
  void intervalAndTestsAgreeWithTheTable() {
    StudentEstimate estimate = new StudentEstimate(2.262, 1, 9, 10);
    assertThat(estimate.halfWidth(0.05)).isCloseTo(2.262, within(5e-4));
    assertThat(estimate.differenceProbability()).isCloseTo(0.05, within(1e-4));
  }

  @Test
  void anEstimateWithoutErrorProvesNothing() {
    StudentEstimate bare = new StudentEstimate(2, Double.NaN, Double.NaN, 1);
    assertThat(bare.halfWidth(0.05)).isInfinite();
    assertThat(bare.differenceProbability()).isEqualTo(1);
  }

  /// The fifteen p-values of Benjamini and Hochberg (1995), section 3.1, at q = 0.05: four
  /// discoveries.
  @Test
  void fourDiscoveriesInTheThrombolysisTrial() {
    double[] p = {
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0000
    };
    double level =
        FalseCoverage.level(
            0.05, p.length, alpha -> (int) Arrays.stream(p).filter(one -> one <= alpha).count());
    assertThat(level).isCloseTo(4 * 0.05 / 15, within(1e-12));
    assertThat(Arrays.stream(p).filter(one -> one <= level).count()).isEqualTo(4);
  }

  @Test
  void noDiscoveryLeavesTheLevelOfBonferroni() {
    assertThat(FalseCoverage.level(0.05, 10, alpha -> 0)).isEqualTo(0.005);
    assertThat(FalseCoverage.level(0.05, 10, alpha -> 10)).isEqualTo(0.05);
  }

  @Test
  void theilAndSenIgnoreTheOutlier() {
    Trend trend = Trend.of(new double[] {1, 2, 3, 4, 100, 6, 7, 8, 9, 10});
    assertThat(trend.slope()).isEqualTo(1);
    assertThat(trend.probability()).isLessThan(0.01);
    assertThat(Trend.of(new double[] {3, 1, 2, 3, 1, 2}).probability()).isGreaterThan(0.5);
    assertThat(Trend.of(new double[] {1, 2})).isEqualTo(new Trend(0, 1));
  }

  @Test
  void outerFencesCatchTheFarOut() {
    assertThat(Outliers.count(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 100})).isEqualTo(1);
    assertThat(Outliers.count(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 12})).isZero();
    assertThat(Outliers.count(new double[0])).isZero();
  }

  @Test
  void correlationOfNeighborsIsFoundAndAllowedFor() {
    SplittableRandom random = new SplittableRandom(3);
    List<double[]> series =
        Stream.generate(() -> autoregression(random, 15, 0.5)).limit(200).toList();
    assertThat(Autocorrelation.pooledLagOne(series)).isCloseTo(0.5, within(0.1));
    List<double[]> white = Stream.generate(() -> autoregression(random, 15, 0)).limit(200).toList();
    assertThat(Autocorrelation.varianceInflation(white)).isBetween(1.0, 1.15);
    assertThat(Autocorrelation.varianceInflation(List.of())).isEqualTo(1);
  }

  @Test
  void ratioOfTotalsNeedsNoFineClock() {
    double[] ticks = {10, 0, 10, 20, 10, 10};
    double[] tasks = {10, 10, 10, 10, 10, 10};
    double[] half = {5, 5, 5, 5, 5, 5};
    TrialMean mean = RatioOfSums.logDifference(ticks, tasks, half, tasks);
    assertThat(Math.exp(mean.value())).isCloseTo(2, within(1e-12));
    // For a mean the jackknife gives the textbook error: log has the derivative 1 / mean.
    assertThat(Math.sqrt(mean.variance())).isCloseTo(Math.sqrt(40.0 / 6) / 10, within(0.02));
    assertThat(RatioOfSums.log(new double[0], new double[0]).value()).isNaN();
  }

  private static double[] autoregression(SplittableRandom random, int n, double r) {
    double[] values = new double[n];
    double last = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      last = r * last + Math.sqrt(1 - r * r) * random.nextGaussian();
      values[i] = last;
    }
    return values;
  }

  /// Welch's own form of the test, worked by hand: means 3 and 6, variances 2.5 and 10, 5 values
  /// each; error √(0.5 + 2), freedom 2.5² / (0.25 / 4 + 4 / 4).
  @Test
  void welchTakesEachVarianceForItself() {
    StudentEstimate difference =
        Welch.difference(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10});

    assertThat(difference.value()).isEqualTo(-3, within(1e-12));
    assertThat(difference.standardError()).isEqualTo(Math.sqrt(2.5), within(1e-12));
    assertThat(difference.degreesOfFreedom()).isEqualTo(6.25 / 1.0625, within(1e-12));
  }

  /// Anscombe's first set (The American Statistician 27, 1973): slope 0.5, error 0.118.
  @Test
  void theSlopeOfAnscombesFirstSet() {
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};

    StudentEstimate slope = Line.slope(x, y);

    assertThat(slope.value()).isEqualTo(0.5001, within(1e-4));
    assertThat(slope.standardError()).isEqualTo(0.1179, within(1e-4));
    assertThat(slope.degreesOfFreedom()).isEqualTo(9);
  }

  /// Six quiet cells and one in which a neighbor disturbed a trial: the quiet ones stay narrow, the
  /// disturbed one is wide.
  @Test
  void aDisturbedCellWidensItsOwnIntervalOnly() {
    List<List<TrialMean>> cells = new ArrayList<>();
    for (int cell = 0; cell < 6; cell++) {
      double off = 0.001 * (cell + 1);
      cells.add(List.of(new TrialMean(off, 1e-5, 14), new TrialMean(-off, 1e-5, 14)));
    }
    TwoLevel.Prior prior = new TwoLevel.Prior(0.005, 2);
    double alone = TwoLevel.estimate(cells, prior).getFirst().halfWidth(0.05);
    cells.add(List.of(new TrialMean(0.05, 1e-3, 14), new TrialMean(-0.3, 1e-2, 14)));

    List<StudentEstimate> all = TwoLevel.estimate(cells, prior);

    assertThat(all.getFirst().halfWidth(0.05)).isLessThan(1.2 * alone);
    assertThat(all.getLast().halfWidth(0.05)).isGreaterThan(10 * alone);
  }
}
