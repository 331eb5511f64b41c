package dev.forklab.bench.jmh;

import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WorkloadSpec;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/// The function of an injected model: it does a known share of work more than the others, and gives
/// the same replies as they do.
///
/// Other iterations make other replies. So the slowed reply to each of the trial's messages is
/// computed beforehand; a task computes it again, compares, and gives the reply that the plain
/// function would have given (or the wrong one, which the lab then finds). Comparing takes
/// nanoseconds, the same at every share, 0% included.
///
/// The iterations are what grows by that share: the part of a task that the message's size fixes
/// does not, so a whole task grows by the share times what the iterations are of it.
final class SlowedTask implements TaskFunction {

  private final TaskFunction slowed;
  private final IdentityHashMap<byte[], Replies> replies;

  private SlowedTask(TaskFunction slowed, IdentityHashMap<byte[], Replies> replies) {
    this.slowed = slowed;
    this.replies = replies;
  }

  /// What a message gets.
  ///
  /// @param slowed with more iterations
  /// @param right with the plan's
  @SuppressWarnings("ArrayRecordComponent") // Two references; never compared as a whole.
  private record Replies(byte[] slowed, byte[] right) {}

  /// @param extraPercent how much more work, in percent of the iterations
  /// @param all the very arrays that it will be given
  static SlowedTask of(WorkloadSpec spec, int extraPercent, List<Messages> all) {
    TaskFunction slowed =
        spec.withIterations(iterations(spec.iterations(), extraPercent)).function();
    IdentityHashMap<byte[], Replies> replies = new IdentityHashMap<>();
    try {
      for (Messages messages : all) {
        for (int i = 0; i < messages.count(); i++) {
          byte[] message = messages.message(i);
          replies.put(message, new Replies(slowed.apply(message), messages.reply(i)));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("expected " + spec + " to answer, it threw " + e, e);
    }
    return new SlowedTask(slowed, replies);
  }

  static int iterations(int plain, int extraPercent) {
    return Math.toIntExact(Math.round(plain * (1 + extraPercent / 100.0)));
  }

  @Override
  public byte[] apply(byte[] message) throws Exception {
    byte[] reply = slowed.apply(message);
    Replies expected = replies.get(message);
    return expected != null && Arrays.equals(reply, expected.slowed) ? expected.right : reply;
  }
}
