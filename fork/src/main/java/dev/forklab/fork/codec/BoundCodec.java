package dev.forklab.fork.codec;

import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values as messages, bound to their type by Jackson where they must be.
record BoundCodec(MessageCodec codec, Type type) implements ValueCodec {

  /// What a message decodes to by itself: for these Jackson's data binding is not loaded.
  private static final Set<Type> PLAIN = Set.of(Object.class, String.class, Boolean.class);

  @Override
  public byte[] encode(@Nullable Object value) {
    return codec.encode(value);
  }

  @Override
  public @Nullable Object decode(byte[] body) throws CodecException {
    return PLAIN.contains(type)
        ? MessageCodec.bind(codec.decode(body), type, false)
        : codec.decode(body, type, false);
  }
}
