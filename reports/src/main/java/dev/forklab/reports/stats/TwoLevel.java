package dev.forklab.reports.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Intervals that respect both levels of a run: rounds within a trial, trials within a run.
///
/// **Assumption.** The mean of trial `j` in cell `c` is `μ_c + b_cj + e_cj`: `b`, the luck of that
/// launch (what the compiler inlined, where the heap lay), has variance `τ²`; `e`, the noise of its
/// rounds, has a variance `W_cj` that the rounds themselves tell. The truth asked for is `μ_c`, so
/// the estimate, the plain mean of a cell's `J` trials, has variance `(τ² + mean W) / J`. More
/// rounds shrink `W` only; that is why trials are repeated. Kalibera and Jones, "Rigorous
/// Benchmarking in Reasonable Time", ISMM 2013.
///
/// **The difficulty.** With two or three trials a cell tells next to nothing of `τ²`: a t interval
/// of one degree of freedom is 6 times as wide as it need be. But a run asks the same question in
/// many cells, and launches are as lucky in one as in another, nearly. So each cell's spread beyond
/// its noise, `T_c = var(trial means) - W_c`, is averaged with that of the other cells and with a
/// prior, each weighted by its degrees of freedom (of a noisier cell, by fewer): a variance
/// moderated as in Smyth, "Linear Models and Empirical Bayes Methods for Assessing Differential
/// Expression", SAGMB 3 (2004). The weight of the other cells is bounded, so that a cell whose own
/// trials disagree gets the wide interval it deserves. A run of one trial per cell rests on the
/// prior alone, which must be said beside it.
///
/// Launches are as lucky in one cell as in another only in what two models do differently: where
/// one needs eight times as long as the other, nearly all of its time is what a launch may move;
/// where both mostly run the same task, hardly any is. So spreads are lent between cells in units
/// of [Prior#unit], which grows with the distance of the ratio from 1.
///
/// **Degrees of freedom** by Satterthwaite, "An Approximate Distribution of Estimates of Variance
/// Components", Biometrics Bulletin 2 (1946): those of the averaged spreads, or, where launches are
/// found to add nothing, those of the rounds.
///
/// **Example.** Trials of 0.010 and 0.014 whose rounds give each a standard error of 0.004: their
/// variance of 0.8e-5 is below the 1.6e-5 that rounds alone explain, so launches add only what
/// other cells and the prior say.
public final class TwoLevel {

  /// The other cells weigh at most as much as this many trials of the cell itself.
  private static final double MOST_BORROWED = 8;

  /// Of fewer other cells no median says what is usual.
  private static final int FEWEST_FOR_MEDIAN = 3;

  /// A cell that strays further than this share of cells would is disturbed.
  private static final double MOST_BY_LUCK = 0.99;

  private TwoLevel() {}

  /// What is believed of `τ` before looking.
  ///
  /// @param standardDeviation of launches, as a share, where both models do the same
  /// @param difference what launches do, as a share, to that part of its time which the slower
  ///   model needs and the faster one does not; 0 if the values are not log ratios
  /// @param weight the degrees of freedom that this belief is worth
  public record Prior(double standardDeviation, double difference, double weight) {

    /// What is believed of values that are no ratios.
    public Prior(double standardDeviation, double weight) {
      this(standardDeviation, 0, weight);
    }

    /// The same, with no regard to how much the models differ: an error that rests on it tells
    /// nothing of where the mean is.
    public Prior blind() {
      return new Prior(standardDeviation, 0, weight);
    }

    double variance() {
      return standardDeviation * standardDeviation;
    }

    /// How many times [#standardDeviation] launches are believed to differ by where the models do
    /// by `logRatio`.
    double unit(double logRatio) {
      return difference == 0
          ? 1
          : 1 + difference / standardDeviation * -Math.expm1(-Math.abs(logRatio));
    }
  }

  /// Estimates every cell of one comparison.
  ///
  /// @param cells for each cell, its trials; may be empty
  /// @return for each cell, in the same order, its mean with its error; NaN for a cell without
  ///   trials, and a NaN error if a lone trial tells nothing of its own noise
  public static List<StudentEstimate> estimate(List<List<TrialMean>> cells, Prior prior) {
    double usualNoise = meanKnownVariance(cells);
    List<Spread> spreads = new ArrayList<>(cells.size());
    for (List<TrialMean> trials : cells) {
      spreads.add(Spread.of(trials, usualNoise, prior));
    }
    List<StudentEstimate> estimates = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      estimates.add(estimate(i, spreads, prior));
    }
    return estimates;
  }

  /// As [#estimate], of the rounds themselves: each trial is summed up by [Rounds#midmean], with
  /// the correlation of neighboring rounds allowed for.
  public static List<StudentEstimate> ofRounds(List<List<Rounds>> cells, Prior prior) {
    double inflation =
        Autocorrelation.varianceInflation(
            cells.stream().flatMap(List::stream).map(Rounds::influences).toList());
    List<List<TrialMean>> means = new ArrayList<>(cells.size());
    for (List<Rounds> trials : cells) {
      means.add(
          trials.stream()
              .filter(rounds -> rounds.count() > 0)
              .map(rounds -> rounds.mean(inflation))
              .toList());
    }
    return estimate(means, prior);
  }

  private static StudentEstimate estimate(int cell, List<Spread> spreads, Prior prior) {
    Spread own = spreads.get(cell);
    if (own.trials == 0 || !own.known()) {
      return new StudentEstimate(own.mean, Double.NaN, Double.NaN, own.trials);
    }
    double borrowed = prior.weight;
    double excess = prior.weight * prior.variance();
    double usual = usualSpread(cell, spreads, prior);
    for (int i = 0; i < spreads.size(); i++) {
      Spread other = spreads.get(i);
      if (i != cell && other.freedom() > 0) {
        double lent = lent(own, other, prior);
        borrowed += lent;
        excess += lent * (other.bounded(usual) - other.noise);
      }
    }
    double ownFreedom = own.freedom();
    double weight = Math.min(borrowed, MOST_BORROWED);
    double share = weight / (weight + ownFreedom);
    double ownExcess = ownFreedom > 0 ? own.excess() : 0;
    double launches = Math.max(0, share * excess / borrowed + (1 - share) * ownExcess);
    double total = launches + own.noise;
    double error = own.unit * Math.sqrt(total / own.trials);
    double freedom = degreesOfFreedom(cell, spreads, prior, launches, share, borrowed);
    return new StudentEstimate(own.mean, error, freedom, own.trials);
  }

  /// How many degrees of freedom one cell lends another: its own, less where its rounds are
  /// noisier, since the variance of what it says of launches grows with the square of its noise.
  private static double lent(Spread to, Spread from, Prior prior) {
    double quiet = prior.variance() + to.noise;
    double noisy = prior.variance() + from.noise;
    return from.freedom() * Math.min(1, noisy > 0 ? square(quiet / noisy) : 1);
  }

  /// What launches usually add in the cells other than `cell`: the median over them, which one
  /// disturbed cell cannot move.
  private static double usualSpread(int cell, List<Spread> spreads, Prior prior) {
    double[] excesses =
        IntStream.range(0, spreads.size())
            .filter(i -> i != cell && spreads.get(i).freedom() > 0)
            .mapToDouble(i -> spreads.get(i).usualExcess())
            .toArray();
    return excesses.length < FEWEST_FOR_MEDIAN
        ? Double.POSITIVE_INFINITY
        : Math.max(prior.variance(), Quantiles.median(excesses));
  }

  private static double degreesOfFreedom(
      int cell, List<Spread> spreads, Prior prior, double launches, double share, double borrowed) {
    Spread own = spreads.get(cell);
    if (launches == 0) {
      return own.noiseFreedom;
    }
    double uncertainty = prior.weight * square(prior.variance());
    for (int i = 0; i < spreads.size(); i++) {
      if (i != cell && spreads.get(i).freedom() > 0) {
        Spread other = spreads.get(i);
        double lent = lent(own, other, prior);
        uncertainty += square(lent * (launches + other.noise)) / other.freedom();
      }
    }
    uncertainty *= square(share / borrowed);
    double total = launches + own.noise;
    if (own.freedom() > 0) {
      uncertainty += square((1 - share) * total) / own.freedom();
    }
    return uncertainty > 0 ? Math.max(1, square(total) / uncertainty) : 1;
  }

  private static double meanKnownVariance(List<List<TrialMean>> cells) {
    return cells.stream()
        .flatMap(List::stream)
        .mapToDouble(TrialMean::variance)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double square(double x) {
    return x * x;
  }

  /// A cell's trials summed up.
  ///
  /// @param unit what the spreads are divided by, so that cells can lend them to each other
  /// @param between the variance of the trials' means, in squared units; NaN of one
  /// @param noise the mean variance that rounds explain, in squared units
  private record Spread(
      int trials, double mean, double unit, double between, double noise, double noiseFreedom) {

    static Spread of(List<TrialMean> trials, double usualNoise, Prior prior) {
      double[] values = trials.stream().mapToDouble(TrialMean::value).toArray();
      double sum = 0;
      double squares = 0;
      for (TrialMean trial : trials) {
        boolean known = Double.isFinite(trial.variance());
        double variance = known ? trial.variance() : usualNoise;
        double freedom = known ? Math.max(1, trial.degreesOfFreedom()) : 1;
        sum += variance;
        squares += square(variance) / freedom;
      }
      double freedom = squares > 0 ? square(sum) / squares : 1;
      double noise = Double.isNaN(sum) && trials.size() > 1 ? 0 : sum / trials.size();
      double mean = Moments.mean(values);
      double unit = prior.unit(mean);
      double between = Moments.variance(values) / square(unit);
      return new Spread(trials.size(), mean, unit, between, noise / square(unit), freedom);
    }

    boolean known() {
      return !Double.isNaN(noise);
    }

    int freedom() {
      return known() ? Math.max(0, trials - 1) : 0;
    }

    double excess() {
      return between - noise;
    }

    /// What launches add if this cell's variance is the median one that its freedom allows.
    double usualExcess() {
      double middle = chiSquared(0.5);
      return between / middle - noise;
    }

    /// The variance of the trials' means, but no more than one cell in a hundred would show by luck
    /// alone if launches added `launches` to its noise.
    double bounded(double launches) {
      return Math.min(between, (launches + noise) * chiSquared(MOST_BY_LUCK));
    }

    /// The quantile of a variance of this freedom whose expectation is 1.
    private double chiSquared(double share) {
      return ChiSquaredDistribution.of(freedom()).inverseCumulativeProbability(share) / freedom();
    }
  }
}
