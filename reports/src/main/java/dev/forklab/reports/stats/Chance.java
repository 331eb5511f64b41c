package dev.forklab.reports.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/// How many of so many chance allows: fewer, or more, come about in 1 of 100 only. So what is
/// claimed of a share can be judged by a few draws.
public final class Chance {

  private static final double RARELY = 0.01;

  private Chance() {}

  /// At least so many of `count` things that each happen with this probability.
  public static int least(int count, double probability) {
    return BinomialDistribution.of(count, probability).inverseCumulativeProbability(RARELY);
  }

  /// At most so many.
  public static int most(int count, double probability) {
    return BinomialDistribution.of(count, probability).inverseCumulativeProbability(1 - RARELY);
  }
}
