package dev.forklab.fork.codec;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Binary: besides what JSON has, it keeps arrays of primitives, [java.util.Set],
/// [java.math.BigInteger], [java.math.BigDecimal], [java.time.Instant], [java.util.Date],
/// [Throwable] (as [RemoteThrowable]), map keys of any kind, shared and cyclic references.
/// [AdvancedFormat] says how.
record AdvancedMessageCodec() implements MessageCodec {

  @Override
  public byte[] encode(@Nullable Object message) {
    AdvancedWriter writer = new AdvancedWriter();
    writer.write(message);
    byte[] body = writer.toByteArray();
    if (writer.mayBeRefused()) {
      requireReadable(body);
    }
    return body;
  }

  /// What is written is read: how long its keys take to be told apart only the reader knows.
  private void requireReadable(byte[] body) {
    try {
      decode(body);
    } catch (CodecException e) {
      throw new IllegalArgumentException("cannot be sent: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object decode(byte[] body) throws CodecException {
    AdvancedReader reader = new AdvancedReader(ByteBuffer.wrap(body));
    try {
      Object message = reader.read();
      reader.requireEnd();
      return message;
    } catch (StackOverflowError e) {
      throw new CodecException("expected values nested less deeply on so small a stack", e);
    }
  }

  @Override
  public Object decode(byte[] body, Type type, boolean exact) throws CodecException {
    return MessageCodec.bind(decode(body), type, exact);
  }

  @Override
  public boolean keepsBytes() {
    return true;
  }

  @Override
  public boolean mayBeMap(byte[] body) {
    return body.length > 0 && body[0] == AdvancedFormat.MAP;
  }
}
