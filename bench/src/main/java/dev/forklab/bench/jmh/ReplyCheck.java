package dev.forklab.bench.jmh;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keeps the last replies of a slice, so that they can be compared with the right ones after the
/// clock has stopped. For one thread.
final class ReplyCheck {

  private static final int MOST = 64;
  private static final long BYTES_KEPT = 16L << 20;

  private final Messages messages;
  private final byte[] @Nullable [] kept;
  private final long[] tasks;
  private long count;

  ReplyCheck(Messages messages) {
    this.messages = messages;
    int capacity = Math.clamp(BYTES_KEPT / messages.message(0).length, 1, MOST);
    this.kept = new byte[capacity] @Nullable [];
    this.tasks = new long[capacity];
  }

  /// Keeps the reply of one task in place of the oldest kept.
  void keep(long task, byte[] reply) {
    int slot = (int) (count++ % kept.length);
    kept[slot] = reply;
    tasks[slot] = task;
  }

  /// How many of the kept replies are wrong; forgets them.
  int countWrong() {
    int wrong = 0;
    for (int i = 0; i < kept.length; i++) {
      byte[] reply = kept[i];
      if (reply != null && !Arrays.equals(reply, messages.reply(tasks[i]))) {
        wrong++;
      }
      kept[i] = null;
    }
    count = 0;
    return wrong;
  }
}
