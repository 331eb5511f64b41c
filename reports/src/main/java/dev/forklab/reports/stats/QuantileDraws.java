package dev.forklab.reports.stats;

import java.util.Arrays;
import java.util.Comparator;
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
    double[][] drawn = new double[DRAWS][];
    for (int i = 0; i < DRAWS; i++) {
      int[] weights = new int[rounds];
      for (int j = 0; j < rounds; j++) {
        weights[random.nextInt(rounds)]++;
      }
      drawn[i] = logQuantiles(sorted, weights, shares);
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
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = drawn[i][index];
    }
    return mean(logs[index], draws, firm[index]);
  }

  /// The logarithm of the quantile less that of `other`, paired by the rounds drawn; both must have
  /// been drawn with the same seed from the same number of rounds.
  public TrialMean difference(QuantileDraws other, int index) {
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = drawn[i][index] - other.drawn[i][index];
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
    long total = 0;
    for (int round = 0; round < weights.length; round++) {
      total += sorted.ofRound[round] * weights[round];
    }
    double[] logs = new double[shares.length];
    Arrays.fill(logs, Double.NaN);
    long seen = 0;
    int next = 0;
    for (int i = 0; i < sorted.logs.length && next < shares.length; i++) {
      seen += sorted.counts[i] * weights[sorted.rounds[i]];
      while (next < shares.length && seen > 0 && seen >= shares[next] * total) {
        logs[next++] = sorted.logs[i];
      }
    }
    return logs;
  }

  /// All values in rising order, column by column: they are walked once for each draw.
  private static final class Sorted {

    final double[] logs;
    final long[] counts;
    final int[] rounds;

    /// How many latencies each round has.
    final long[] ofRound;

    Sorted(List<Counted> values, int roundCount) {
      Counted[] sorted = values.toArray(Counted[]::new);
      Arrays.sort(sorted, Comparator.comparingDouble(Counted::value));
      logs = new double[sorted.length];
      counts = new long[sorted.length];
      rounds = new int[sorted.length];
      ofRound = new long[roundCount];
      for (int i = 0; i < sorted.length; i++) {
        logs[i] = Math.log(sorted[i].value);
        counts[i] = sorted[i].count;
        rounds[i] = sorted[i].round;
        ofRound[rounds[i]] += counts[i];
      }
    }
  }
}
