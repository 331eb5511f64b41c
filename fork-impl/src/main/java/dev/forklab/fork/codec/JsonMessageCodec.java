package dev.forklab.fork.codec;

import org.jspecify.annotations.Nullable;

/// UTF-8 JSON. As `JSON.stringify` does, NaN and the infinities are written as null; bytes are
/// written as base64 text. Nesting is bounded, so a cycle is refused.
///
/// A [PlainText] needs no more than a look at its bytes; everything else goes through
/// [JsonStreams], which is loaded only then.
record JsonMessageCodec() implements MessageCodec {

  @Override
  public byte[] encode(@Nullable Object message) {
    byte[] plain = message instanceof String text ? PlainText.quote(text) : null;
    return plain != null ? plain : JsonStreams.encode(message);
  }

  @Override
  public @Nullable Object decode(byte[] body) throws CodecException {
    String plain = PlainText.unquote(body);
    return plain != null ? plain : JsonStreams.decode(body);
  }

  @Override
  public <T> T decode(byte[] body, Class<T> type) throws CodecException {
    return Binding.read(body, type);
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
