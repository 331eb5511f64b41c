package dev.forklab.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.results.Fault;
import java.nio.ByteBuffer;

/// The message of a task, with what it asks for beside its work:
///
/// ```
///  0  4  "FLT1"
///  4  4  amount: bytes, things or milliseconds, as the fault takes it
///  8  2  length of the fault's name, then the name
///     2  length of the path of the witness, then the path
///     2  length of the workload's name, then the name
///        the workload's own message
/// ```
///
/// @param amount how much of the fault
/// @param witness the file of the [Witness]; empty where there is no fault
/// @param workload the name of the workload that does the work
/// @param payload the workload's own message
@SuppressWarnings("ArrayRecordComponent") // It goes straight to the wire, and is never compared.
record FaultMessage(Fault fault, int amount, String witness, String workload, byte[] payload) {

  private static final int MARK = 0x464C5431;
  private static final int FIXED_BYTES = 4 + 4 + 2 + 2 + 2;

  byte[] encoded() {
    byte[] id = fault.id().getBytes(UTF_8);
    byte[] path = witness.getBytes(UTF_8);
    byte[] name = workload.getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + id.length + path.length + name.length + payload.length)
        .putInt(MARK)
        .putInt(amount)
        .putShort((short) id.length)
        .put(id)
        .putShort((short) path.length)
        .put(path)
        .putShort((short) name.length)
        .put(name)
        .put(payload)
        .array();
  }

  /// @throws IllegalArgumentException if it is no such message
  static FaultMessage decoded(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    if (message.length < FIXED_BYTES || in.getInt() != MARK) {
      throw new IllegalArgumentException(
          "expected a message of a trial of faults, found %d other bytes"
              .formatted(message.length));
    }
    int amount = in.getInt();
    Fault fault = Fault.of(text(in)).orElseThrow();
    return new FaultMessage(fault, amount, text(in), text(in), rest(in));
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }
}
