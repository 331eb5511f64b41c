package dev.forklab.fork.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bytes as they are.
record RawCodec() implements ValueCodec {

  @Override
  public byte[] encode(@Nullable Object value) {
    return (byte[]) Objects.requireNonNull(value, "expected bytes, found null");
  }

  @Override
  public byte[] decode(byte[] body) {
    return body;
  }
}
