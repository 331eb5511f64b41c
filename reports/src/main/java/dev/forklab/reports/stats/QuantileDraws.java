package dev.forklab.reports.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Quantiles of one trial's latencies with a bootstrap of its rounds.
///
/// Latencies within a round share its luck, so it is rounds that are drawn, with replacement, and
/// all their latencies with them: the bootstrap of clusters in Davison and Hinkley, "Bootstrap
/// Methods and Their Application", 1997, section 3.8. Two models of one trial are drawn with the
/// same seed and so with the same rounds: the difference of their draws is paired.
public final class QuantileDraws {

  /// Enough for a standard error to within 5%.
  private static final int DRAWS = 200;

  /// With fewer values beyond a quantile than this, the bootstrap says nothing of its error.
  private static final double LEAST_BEYOND = 5;

  private final double[] logs;

  /// By share, then by draw.
  private final double[][] drawn;

  private final boolean[] firm;
  private final int rounds;

  private QuantileDraws(double[] logs, double[][] drawn, boolean[] firm, int rounds) {
    this.logs = logs;
    this.drawn = drawn;
    this.firm = firm;
    this.rounds = rounds;
  }

  /// A value that was seen `count` times in one round.
  ///
  /// @param round which of the rounds, from 0
  public record Counted(double value, long count, int round) {}

  /// Draws the quantiles at `shares` of `values`, which lie in `rounds` rounds.
  public static QuantileDraws of(List<Counted> values, int rounds, double[] shares, long seed) {
    Sorted sorted = new Sorted(values, rounds);
    int[] once = new int[rounds];
    Arrays.fill(once, 1);
    double[] logs = logQuantiles(sorted, once, shares);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] drawn = new double[shares.length][DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      int[] weights = new int[rounds];
      for (int j = 0; j < rounds; j++) {
        weights[random.nextInt(rounds)]++;
      }
      double[] draw = logQuantiles(sorted, weights, shares);
      for (int share = 0; share < shares.length; share++) {
        drawn[share][i] = draw[share];
      }
    }
    long count = values.stream().mapToLong(Counted::count).sum();
    boolean[] firm = new boolean[shares.length];
    for (int i = 0; i < shares.length; i++) {
      firm[i] = rounds > 1 && count * (1 - shares[i]) >= LEAST_BEYOND;
    }
    return new QuantileDraws(logs, drawn, firm, rounds);
  }

  /// The logarithm of the quantile at the `index`-th share.
  public TrialMean quantile(int index) {
    return mean(logs[index], drawn[index], firm[index]);
  }

  /// The logarithm of the quantile less that of `other`, paired by the rounds drawn; both must have
  /// been drawn with the same seed from the same number of rounds.
  public TrialMean difference(QuantileDraws other, int index) {
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = drawn[index][i] - other.drawn[index][i];
    }
    return mean(logs[index] - other.logs[index], draws, firm[index] && other.firm[index]);
  }

  private TrialMean mean(double value, double[] draws, boolean isFirm) {
    double[] known = Arrays.stream(draws).filter(Double::isFinite).toArray();
    double variance = isFirm ? Moments.variance(known) : Double.NaN;
    return new TrialMean(value, variance, rounds - 1.0);
  }

  /// NaN where no value has a weight.
  private static double[] logQuantiles(Sorted sorted, int[] weights, double[] shares) {
    long total = sorted.before(sorted.values.length, weights);
    double[] logs = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      logs[i] = total == 0 ? Double.NaN : Math.log(sorted.value(shares[i] * total, weights));
    }
    return logs;
  }

  /// The distinct values in rising order, and how many latencies of each round come before each: a
  /// quantile of rounds drawn is found by halving.
  private static final class Sorted {

    final double[] values;

    /// By round, then by value; behind the last value, all.
    private final long[][] before;

    Sorted(List<Counted> all, int rounds) {
      values = distinct(all.stream().mapToDouble(Counted::value).sorted().toArray());
      before = new long[rounds][values.length + 1];
      for (Counted each : all) {
        before[each.round][1 + Arrays.binarySearch(values, each.value)] += each.count;
      }
      for (long[] ofRound : before) {
        for (int i = 1; i < ofRound.length; i++) {
          ofRound[i] += ofRound[i - 1];
        }
      }
    }

    /// Without the boxes of a stream.
    private static double[] distinct(double[] sorted) {
      int count = 0;
      for (double value : sorted) {
        if (count == 0 || value != sorted[count - 1]) {
          sorted[count++] = value;
        }
      }
      return Arrays.copyOf(sorted, count);
    }

    /// How many come before the value at this index, each as often as its round was drawn.
    long before(int index, int[] weights) {
      long count = 0;
      for (int round = 0; round < weights.length; round++) {
        count += before[round][index] * weights[round];
      }
      return count;
    }

    /// The least value that at least so many are at most, and at least one.
    double value(double wanted, int[] weights) {
      int low = 0;
      int high = values.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        long seen = before(middle + 1, weights);
        if (seen > 0 && seen >= wanted) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return values[low];
    }
  }
}
