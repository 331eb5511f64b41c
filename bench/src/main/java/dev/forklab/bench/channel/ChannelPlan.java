package dev.forklab.bench.channel;

import java.time.Duration;

/// How much is measured.
///
/// @param blocks launches of the drivers
/// @param warmUp of each contestant and measure of traffic, in each block
/// @param traffic time for the rounds over open channels, in each block
/// @param slice the shortest slice of these
/// @param starts rounds of starts in each block
/// @param idles rounds of idle children in each block
/// @param larges rounds of large documents in each block
public record ChannelPlan(
    int blocks,
    Duration warmUp,
    Duration traffic,
    Duration slice,
    int starts,
    int idles,
    int larges) {

  /// About four minutes.
  public static final ChannelPlan USUAL =
      new ChannelPlan(
          3, Duration.ofMillis(300), Duration.ofSeconds(18), Duration.ofMillis(25), 8, 2, 6);

  /// At most about two.
  public static final ChannelPlan QUICK =
      new ChannelPlan(
          2, Duration.ofMillis(150), Duration.ofSeconds(7), Duration.ofMillis(20), 2, 1, 1);

  static final int IDLE_CHILDREN = 4;
}
