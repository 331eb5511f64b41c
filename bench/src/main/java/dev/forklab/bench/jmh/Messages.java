package dev.forklab.bench.jmh;

import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WarmUpMessage;
import java.util.List;
import java.util.Random;

/// The messages of a trial and the replies that they must get: a few distinct ones, used in turn.
final class Messages {

  private static final int MOST = 16;
  private static final int FEWEST = 2;
  private static final long BYTES_KEPT = 32L << 20;
  private static final long SEED = 20_260_101L;

  private final byte[][] messages;
  private final byte[][] replies;

  private Messages(byte[][] messages, byte[][] replies) {
    this.messages = messages;
    this.replies = replies;
  }

  /// Random messages of one size, and their replies by the function itself.
  static Messages of(int messageBytes, TaskFunction function) throws Exception {
    int count = count(messageBytes);
    Random random = new Random(SEED);
    byte[][] messages = new byte[count][messageBytes];
    byte[][] replies = new byte[count][];
    for (int i = 0; i < count; i++) {
      random.nextBytes(messages[i]);
      replies[i] = function.apply(messages[i]);
    }
    return new Messages(messages, replies);
  }

  /// A few messages like these whose tasks are short, for warming up.
  Messages warmingUp(TaskFunction function) throws Exception {
    byte[][] marked = new byte[FEWEST][];
    byte[][] answers = new byte[FEWEST][];
    for (int i = 0; i < FEWEST; i++) {
      marked[i] = WarmUpMessage.of(messages[i]);
      answers[i] = function.apply(marked[i]);
    }
    return new Messages(marked, answers);
  }

  /// How many messages a trial has of one size, those for warming up included.
  static int countInTrial(int messageBytes) {
    return count(messageBytes) + FEWEST;
  }

  /// How many distinct messages there are of one size.
  static int count(int messageBytes) {
    return Math.clamp(BYTES_KEPT / messageBytes, FEWEST, MOST);
  }

  /// All of them, in order; none is a copy.
  List<byte[]> all() {
    return List.of(messages);
  }

  /// How many distinct ones there are.
  int count() {
    return messages.length;
  }

  /// The message of task number `task`.
  byte[] message(long task) {
    return messages[(int) (task % messages.length)];
  }

  /// The reply that task number `task` must get.
  byte[] reply(long task) {
    return replies[(int) (task % replies.length)];
  }
}
