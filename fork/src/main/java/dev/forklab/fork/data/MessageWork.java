package dev.forklab.fork.data;

/// What messages have cost one end of its channel since they were first asked about: running totals
/// of the CPU time of the threads that did it, in nanoseconds. The difference of two says what
/// happened between.
///
/// What is not in them: waiting, being woken, and what happens around a task beside its message.
///
/// @param encodeNanos making bytes of messages
/// @param writeNanos giving bytes to the socket
/// @param readNanos taking bytes from the socket, and putting frames together
/// @param decodeNanos making messages of bytes
/// @param taskNanos the tasks themselves, in a worker
public record MessageWork(
    long encodeNanos, long writeNanos, long readNanos, long decodeNanos, long taskNanos) {

  public static final MessageWork NONE = new MessageWork(0, 0, 0, 0, 0);

  /// Of two ends together.
  public MessageWork plus(MessageWork other) {
    return new MessageWork(
        encodeNanos + other.encodeNanos,
        writeNanos + other.writeNanos,
        readNanos + other.readNanos,
        decodeNanos + other.decodeNanos,
        taskNanos + other.taskNanos);
  }
}
