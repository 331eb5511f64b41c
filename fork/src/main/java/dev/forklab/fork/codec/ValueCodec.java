package dev.forklab.fork.codec;

import dev.forklab.fork.data.Serialization;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Values of one type as the bodies of frames: a task's requests or its replies. Stateless, safe
/// for use by many threads.
public sealed interface ValueCodec permits BoundCodec, Base64Codec, RawCodec {

  /// The body that carries `value`; may be `value` itself.
  ///
  /// @throws IllegalArgumentException if it cannot be written
  byte[] encode(@Nullable Object value);

  /// The value in `body`; may be `body` itself.
  ///
  /// @throws CodecException if `body` is not what [#encode] writes
  @Nullable Object decode(byte[] body) throws CodecException;

  /// The codec of values of this type.
  static ValueCodec of(Type type, Serialization serialization) {
    return type != byte[].class
        ? new BoundCodec(MessageCodec.of(serialization), type)
        : switch (serialization) {
          case JSON -> new Base64Codec();
          case ADVANCED -> new RawCodec();
        };
  }
}
