package dev.forklab.fork.codec;

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
  /// @throws CodecException if `body` is not a message, or does not fit the type
  <T> T decode(byte[] body, Class<T> type) throws CodecException;

  /// Whether bytes arrive as bytes.
  boolean keepsBytes();

  /// Whether the message in `body` may be a map, as far as its first bytes say; never false for
  /// one.
  boolean mayBeMap(byte[] body);

  /// A message that needed no decoding, bound to a type by Jackson.
  ///
  /// @throws CodecException if it does not fit the type
  static <T> T bind(@Nullable Object message, Class<T> type) throws CodecException {
    return type.isInstance(message) ? type.cast(message) : Binding.bind(message, type);
  }

  /// The codec of this serialization.
  static MessageCodec of(Serialization serialization) {
    return switch (serialization) {
      case JSON -> new JsonMessageCodec();
      case ADVANCED -> new AdvancedMessageCodec();
    };
  }
}
