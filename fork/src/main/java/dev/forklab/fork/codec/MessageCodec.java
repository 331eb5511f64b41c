package dev.forklab.fork.codec;

import dev.forklab.fork.data.Serialization;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// What a user's message is as bytes. Stateless, safe for use by many threads.
///
/// Both know `null`, booleans, numbers, strings, lists and arrays, and maps; what each adds is said
/// in its own page. Any other object is bound with Jackson, to a map of its properties.
public sealed interface MessageCodec permits JsonMessageCodec, AdvancedMessageCodec {

  /// The message's bytes.
  ///
  /// @throws IllegalArgumentException if it holds something that this codec cannot write
  byte[] encode(@Nullable Object message);

  /// The message in `body`, as maps, lists and scalars.
  ///
  /// @throws CodecException if `body` is not what a codec of this kind writes
  @Nullable Object decode(byte[] body) throws CodecException;

  /// The message in `body`, bound to a type by Jackson.
  ///
  /// @param exact whether it must have all that the type has, and nothing else
  /// @return an object of that type
  /// @throws CodecException if `body` is not a message, or does not fit the type
  Object decode(byte[] body, Type type, boolean exact) throws CodecException;

  /// Whether bytes arrive as bytes.
  boolean keepsBytes();

  /// Whether the message in `body` may be a map, as far as its first bytes say; never false for
  /// one.
  boolean mayBeMap(byte[] body);

  /// A message that needed no decoding, bound to a type by Jackson.
  ///
  /// @param exact as for [#decode]
  /// @throws CodecException if it does not fit the type
  static Object bind(@Nullable Object message, Type type, boolean exact) throws CodecException {
    return message != null && type instanceof Class<?> raw && raw.isInstance(message)
        ? message
        : Binding.bind(message, type, exact);
  }

  /// The codec of this serialization.
  static MessageCodec of(Serialization serialization) {
    return switch (serialization) {
      case JSON -> new JsonMessageCodec();
      case ADVANCED -> new AdvancedMessageCodec();
    };
  }
}
