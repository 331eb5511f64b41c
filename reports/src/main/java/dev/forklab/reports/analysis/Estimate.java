package dev.forklab.reports.analysis;

import dev.forklab.reports.stats.Inference;

/// A number with its 95% interval.
///
/// The ratio of a [Finding] carries a wider interval, adjusted for the many comparisons of a run;
/// see there.
///
/// @param value the best single guess
/// @param low the interval's lower end; equal to `value` where no interval could be had
/// @param high its upper end
/// @param samples how many independent measurements (trials, or starts) it rests on; 0 if the
///   number is not known at all
public record Estimate(double value, double low, double high, int samples) {

  /// An interval that reaches further than this factor from its number, either way, is no basis to
  /// show the number as a comparison.
  public static final double MOST_FACTOR = Inference.MOST_FACTOR;

  /// The mark of a number that was not measured: its value is -1.
  public static Estimate unknown() {
    return new Estimate(-1, -1, -1, 0);
  }

  /// Whether there is a number at all.
  public boolean known() {
    return samples > 0;
  }

  /// Of a ratio, that of the other side.
  public Estimate inverse() {
    return new Estimate(1 / value, 1 / high, 1 / low, samples);
  }

  /// Half of the interval's width as a share of the value: 0.02 is ±2%.
  public double relativeHalfWidth() {
    return (high - low) / 2 / Math.abs(value);
  }

  /// Whether there is an interval, and it is wider than a factor of [#MOST_FACTOR] either way.
  public boolean tooWide() {
    return hasInterval() && (high > value * MOST_FACTOR || low * MOST_FACTOR < value);
  }

  /// Whether there is an interval at all.
  public boolean hasInterval() {
    return high > low;
  }
}
