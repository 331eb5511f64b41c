package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One trial's rounds, each with one value or more of the same quantity, and their interquartile
/// mean.
///
/// **What it is for.** Timing noise is heavy-tailed: what interrupts a slice takes a tenth of its
/// speed, or half. A mean over a round's slices hands that to the whole round, and one disturbed
/// slice in twenty then spoils one ratio in five (four slices each). So slices are trimmed and not
/// rounds: of two models that stand twice in each round, all four differences are kept
/// ([#differences]), and the middle half of all rounds' differences is averaged. The median in its
/// place would be the Hodges-Lehmann estimate of a shift, stratified by round (Hodges and Lehmann,
/// "Estimates of Location Based on Rank Tests", Annals of Mathematical Statistics 34, 1963); the
/// middle half loses less where noise is not heavy-tailed, and its error is easier to tell. In a
/// mirrored round a steady drift makes the four differences symmetric about the truth, so it moves
/// no symmetrically trimmed mean of them.
///
/// **Its error.** A round's values share slices and so belong together. The variance is that of the
/// sum of their influences (of a trimmed mean: the Winsorized value less its mean, over the share
/// kept), round by round, as for clustered data: Huber and Ronchetti, "Robust Statistics", 2nd ed.
/// 2009, section 3.3; Cameron and Miller, "A Practitioner's Guide to Cluster-Robust Inference",
/// Journal of Human Resources 50 (2015).
///
/// **Example.** Rounds of (1, 2), (3, 4): the middle half of 1, 2, 3, 4 has the mean 2.5.
public final class Rounds {

  /// The share of values left out at each end.
  static final double SHARE = 0.25;

  private final double[][] values;
  private final double[] sorted;
  private final int cut;

  private Rounds(double[][] values) {
    this.values = values;
    this.sorted = Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().toArray();
    this.cut = (int) Math.floor(SHARE * sorted.length);
  }

  /// Rounds in the order they ran, each with its values; those without values are left out.
  public static Rounds of(List<double[]> rounds) {
    return new Rounds(
        rounds.stream()
            .filter(round -> round.length > 0)
            .map(double[]::clone)
            .toArray(double[][]::new));
  }

  /// In each round, every value of `ones` less every value of `others`.
  ///
  /// @param ones round by round
  /// @param others of the same rounds, in the same order
  public static Rounds differences(List<double[]> ones, List<double[]> others) {
    if (ones.size() != others.size()) {
      throw new IllegalArgumentException(
          "expected as many rounds of both, found " + ones.size() + " and " + others.size());
    }
    List<double[]> rounds = new ArrayList<>(ones.size());
    for (int i = 0; i < ones.size(); i++) {
      rounds.add(differences(ones.get(i), others.get(i)));
    }
    return of(rounds);
  }

  private static double[] differences(double[] ones, double[] others) {
    double[] differences = new double[ones.length * others.length];
    int next = 0;
    for (double one : ones) {
      for (double other : others) {
        differences[next++] = one - other;
      }
    }
    return differences;
  }

  /// How many rounds there are.
  public int count() {
    return values.length;
  }

  /// The mean of the values less a quarter at each end, rounded down to whole values; NaN of none.
  public double midmean() {
    return Arrays.stream(sorted, cut, sorted.length - cut).average().orElse(Double.NaN);
  }

  /// What each round's values together move the mean by, times the number of rounds; they add up to
  /// 0.
  double[] influences() {
    int n = sorted.length;
    if (n == 0) {
      return new double[0];
    }
    double low = sorted[cut];
    double high = sorted[n - cut - 1];
    double winsorizedMean =
        Arrays.stream(sorted).map(value -> Math.clamp(value, low, high)).average().orElseThrow();
    double weight = (double) values.length / (n - 2 * cut);
    return Arrays.stream(values)
        .mapToDouble(round ->
            weight
                * Arrays.stream(round)
                    .map(value -> Math.clamp(value, low, high) - winsorizedMean)
                    .sum())
        .toArray();
  }

  /// The mean with its error.
  ///
  /// @param inflation by what factor the resemblance of neighboring rounds enlarges the variance
  /// @return with a NaN variance of a lone round
  TrialMean mean(double inflation) {
    int n = values.length;
    double squares = Arrays.stream(influences()).map(influence -> influence * influence).sum();
    double variance = n < 2 ? Double.NaN : squares / (n * (n - 1.0)) * inflation;
    return new TrialMean(midmean(), variance, n - 1.0);
  }
}
