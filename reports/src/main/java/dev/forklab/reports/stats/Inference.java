package dev.forklab.reports.stats;

/// What every interval, verdict and prediction of a report agrees on.
public final class Inference {

  /// The share of plain intervals that miss the truth: they are 95% intervals.
  public static final double ALPHA = 0.05;

  /// Two numbers whose ratio lies within this share of 1 are the same for practical purposes.
  public static final double SAME = 0.03;

  /// An interval that extends further than this factor from its number, either way, is no basis to
  /// show the number.
  public static final double MOST_FACTOR = 1.5;

  private Inference() {}
}
