package dev.forklab.bench.cluster;

import java.time.Duration;

/// How much is measured.
///
/// @param blocks launches of the primaries
/// @param warmUp of each contestant and kind of load, in each block
/// @param traffic time for the rounds, in each block
/// @param slice of load
/// @param reloads of each contestant, in each block
public record ClusterPlan(
    int blocks, Duration warmUp, Duration traffic, Duration slice, int reloads) {

  /// About five minutes.
  public static final ClusterPlan USUAL =
      new ClusterPlan(3, Duration.ofSeconds(2), Duration.ofSeconds(48), Duration.ofMillis(300), 3);

  /// About two.
  public static final ClusterPlan QUICK =
      new ClusterPlan(2, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(250), 1);

  static final int WORKERS = 4;

  /// How many requests are under way at once.
  static final int CONNECTIONS = 16;
}
