package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages as frames, and back.
///
/// Plain text, and bytes where the serialization keeps them, are a frame's body as they are:
/// nothing is quoted, escaped or copied once more, which for a megabyte is most of the way.
/// Everything else is the codec's. Stateless, safe for use by many threads.
record Messages(MessageCodec codec) {

  private static final String INTERNAL_PREFIX = "NODE_";
  private static final byte[] INTERNAL_MARK = INTERNAL_PREFIX.getBytes(UTF_8);

  /// The message as it is now, whatever its owner does to it afterwards.
  ///
  /// @throws IllegalArgumentException if the codec cannot write it
  Frame encode(@Nullable Object message) {
    if (message instanceof String text) {
      byte[] bytes = text.getBytes(UTF_8);
      if (isAscii(text, bytes)) {
        return new Frame(FrameKind.TEXT, 0, bytes);
      }
    } else if (message instanceof byte[] bytes && codec.keepsBytes()) {
      return new Frame(FrameKind.BYTES, 0, bytes.clone());
    }
    return new Frame(FrameKind.MESSAGE, 0, codec.encode(message));
  }

  /// Half of a surrogate pair, which only JSON can spell, is one byte too: a question mark.
  private static boolean isAscii(String text, byte[] utf8) {
    return utf8.length == text.length()
        && (!asks(utf8) || text.chars().allMatch(c -> c <= '\u007f'));
  }

  /// Looks at all bytes, so that it can look at many at once.
  private static boolean asks(byte[] bytes) {
    int found = 0;
    for (byte b : bytes) {
      found |= b == '?' ? 1 : 0;
    }
    return found != 0;
  }

  /// The message of a frame, as maps, lists and scalars. Bytes are the frame's own.
  @Nullable Object decode(Frame frame) throws CodecException {
    return switch (frame.kind()) {
      case TEXT -> new String(frame.body(), UTF_8);
      case BYTES -> frame.body();
      default -> codec.decode(frame.body());
    };
  }

  /// The message of a frame, bound to a type by Jackson.
  <T> T decode(Frame frame, Class<T> type) throws CodecException {
    return switch (frame.kind()) {
      case TEXT -> MessageCodec.bind(new String(frame.body(), UTF_8), type);
      case BYTES -> MessageCodec.bind(frame.body(), type);
      default -> codec.decode(frame.body(), type);
    };
  }

  /// Whether it is one of Node's own: a map with a `cmd` that begins with `NODE_` and goes on. The
  /// bytes are searched first: nearly no message is decoded twice.
  boolean isInternal(Frame frame) throws CodecException {
    byte[] body = frame.body();
    return frame.kind() == FrameKind.MESSAGE
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
