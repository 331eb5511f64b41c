package dev.forklab.fork.codec;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// UTF-8 JSON. As `JSON.stringify` does, NaN and the infinities are written as null; bytes are
/// written as base64 text. Nesting is bounded, so a cycle is refused.
record JsonMessageCodec() implements MessageCodec {

  @Override
  public byte[] encode(@Nullable Object message) {
    return JsonStreams.encode(message);
  }

  @Override
  public @Nullable Object decode(byte[] body) throws CodecException {
    return JsonStreams.decode(body);
  }

  @Override
  public Object decode(byte[] body, Type type, boolean exact) throws CodecException {
    return Binding.read(body, type, exact);
  }

  @Override
  public boolean keepsBytes() {
    return false;
  }

  /// The first byte that is no white space (RFC 8259, section 2) tells.
  @Override
  public boolean mayBeMap(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{';
      }
    }
    return false;
  }
}
