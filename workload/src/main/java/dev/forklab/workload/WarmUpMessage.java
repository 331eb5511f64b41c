package dev.forklab.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A message whose task is a tenth of the work, for warming up a pool.
///
/// A just-in-time compiler takes up a method after some thousands of calls, and the methods that
/// carry a message are called once a task. With tasks of usual length that takes seconds for each
/// worker; with short ones it takes as long as the messages themselves.
public final class WarmUpMessage {

  /// Random messages do not begin like this: it has 128 bits.
  private static final byte[] MARK = "forklab warms up".getBytes(StandardCharsets.US_ASCII);

  private static final int PART = 10;

  private WarmUpMessage() {}

  /// A message of the same size that asks for a tenth of the work; one that is too short to say so
  /// is left as it is.
  public static byte[] of(byte[] message) {
    byte[] marked = message.clone();
    if (marked.length >= MARK.length) {
      System.arraycopy(MARK, 0, marked, 0, MARK.length);
    }
    return marked;
  }

  /// How long the task of a message like this is, for one that otherwise is 1: for estimates.
  public static double share() {
    return 1.0 / PART;
  }

  /// How much of the work this message asks for; at least 1.
  static int iterations(byte[] message, int whole) {
    boolean marked =
        message.length >= MARK.length
            && Arrays.equals(message, 0, MARK.length, MARK, 0, MARK.length);
    return marked ? Math.max(1, whole / PART) : whole;
  }
}
