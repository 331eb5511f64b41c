package dev.forklab.fork.codec;

/// The body of a task's or a reply's frame. Stateless, safe for use by many threads.
public sealed interface TaskCodec permits JsonTaskCodec, BinaryTaskCodec {

  /// The body that carries `message`; may be `message` itself.
  byte[] encode(byte[] message);

  /// The message in `body`; may be `body` itself.
  ///
  /// @throws CodecException if `body` is not what [#encode] writes
  byte[] decode(byte[] body) throws CodecException;

  /// How many bytes a body of so large a message has.
  long encodedBytes(long messageBytes);

  /// The codec of this serialization.
  static TaskCodec of(Serialization serialization) {
    return switch (serialization) {
      case JSON -> new JsonTaskCodec();
      case ADVANCED -> new BinaryTaskCodec();
    };
  }
}
