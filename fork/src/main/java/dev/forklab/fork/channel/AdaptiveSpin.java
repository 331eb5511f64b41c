package dev.forklab.fork.channel;

import java.util.concurrent.TimeUnit;

/// Adaptive spinning: whether a loop thread that has nothing to read should look again for a moment
/// before it blocks.
///
/// Waking a core that has gone idle takes longer than a small message there and back, so in a quick
/// exchange both ends do better not to block. This is worth CPU time only while the peer does
/// answer in that moment; so it is done after a wait that was short, for [#SPIN_NANOS] at most, and
/// a look in vain forbids it for the next [#PENALTY] waits: over time it costs a waiting thread no
/// more than 3 microseconds a message.
///
/// Of the loop thread only.
final class AdaptiveSpin {

  /// Longer than a core takes to wake, which the first of two ends still has to wait for.
  static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /// Two such wakes and a little work: an exchange of two ends that both block.
  static final long SHORT_NANOS = 2 * SPIN_NANOS;

  static final int PENALTY = 32;

  private final boolean allowed;
  private int credit;
  private boolean spun;
  private long beginNanos;

  /// @param allowed false if it is never worth it: in a pool, whose workers want every core
  AdaptiveSpin(boolean allowed) {
    this.allowed = allowed && Runtime.getRuntime().availableProcessors() > 1;
  }

  /// A wait begins.
  ///
  /// @return whether to spin
  boolean begin(long nowNanos) {
    beginNanos = nowNanos;
    spun = allowed && credit > 0;
    return spun;
  }

  /// Whether to look once more.
  boolean goesOn(long nowNanos) {
    return nowNanos - beginNanos < SPIN_NANOS;
  }

  /// The wait has ended.
  void end(long nowNanos) {
    long waitedNanos = nowNanos - beginNanos;
    if (spun && waitedNanos >= SPIN_NANOS) {
      credit = -PENALTY;
    } else if (credit < 0) {
      credit++;
    } else {
      credit = waitedNanos < SHORT_NANOS ? 1 : 0;
    }
  }
}
