package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages as frames, and back.
///
/// [Latin] text, and bytes where the serialization keeps them, are a frame's body as they are:
/// nothing is quoted, escaped or copied once more, which for a megabyte is most of the way.
/// Everything else is the codec's. Stateless, safe for use by many threads.
record MessageFrames(MessageCodec codec) {

  private static final String INTERNAL_PREFIX = "NODE_";
  private static final byte[] INTERNAL_MARK = INTERNAL_PREFIX.getBytes(US_ASCII);

  /// The message as it is now, whatever its owner does to it afterwards.
  ///
  /// @throws IllegalArgumentException if the codec cannot write it
  Frame encode(@Nullable Object message) {
    if (message instanceof String text) {
      byte[] latin = Latin.encode(text);
      if (latin != null) {
        return new Frame(FrameKind.TEXT, 0, latin);
      }
    } else if (message instanceof byte[] bytes && codec.keepsBytes()) {
      return new Frame(FrameKind.BYTES, 0, bytes.clone());
    }
    return new Frame(FrameKind.MESSAGE, 0, codec.encode(message));
  }

  /// The message of a frame, as maps, lists and scalars. Bytes are the frame's own.
  @Nullable Object decode(Frame frame) throws CodecException {
    requireReadable(frame);
    return switch (frame.kind()) {
      case TEXT -> Latin.decode(frame.body());
      case BYTES -> frame.body();
      default -> codec.decode(frame.body());
    };
  }

  /// The message of a frame, bound to a type by Jackson.
  Object decode(Frame frame, Type type, boolean exact) throws CodecException {
    requireReadable(frame);
    return switch (frame.kind()) {
      case TEXT -> MessageCodec.bind(Latin.decode(frame.body()), type, exact);
      case BYTES -> MessageCodec.bind(frame.body(), type, exact);
      default -> codec.decode(frame.body(), type, exact);
    };
  }

  private static void requireReadable(Frame frame) throws CodecException {
    if (frame.isUnreadable()) {
      OutOfMemoryError why = Frame.noMemory();
      throw new CodecException(String.valueOf(why.getMessage()), why);
    }
  }

  /// Whether it is one of Node's own: a map with a `cmd` that begins with `NODE_` and goes on. The
  /// bytes are searched first: nearly no message is decoded twice.
  boolean isInternal(Frame frame) throws CodecException {
    byte[] body = frame.body();
    return frame.kind() == FrameKind.MESSAGE
        && !frame.isUnreadable()
        && codec.mayBeMap(body)
        && contains(body, INTERNAL_MARK)
        && codec.decode(body) instanceof Map<?, ?> map
        && map.get("cmd") instanceof String cmd
        && cmd.startsWith(INTERNAL_PREFIX)
        && cmd.length() > INTERNAL_PREFIX.length();
  }

  private static boolean contains(byte[] body, byte[] mark) {
    int last = body.length - mark.length;
    for (int at = 0; at <= last; at++) {
      if (body[at] == mark[0]
          && java.util.Arrays.equals(body, at, at + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
