package dev.forklab.fork.codec;

import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Bytes as JSON: a string of base64, which is how Jackson and users of Node write them.
///
/// Base64 needs no escapes, so writing takes no generator. Reading tries that exact shape first,
/// and leaves any other spelling of the same string to Jackson's parser, which is loaded only then.
///
/// Base64 goes by chunks. The JDK's methods use the processor's vector instructions only when they
/// are compiled by the best compiler, which counts calls: with one call a message, a child that
/// gets messages of a megabyte is at its full speed after 3,000 of them; with 44, after 100.
record Base64Codec() implements ValueCodec {

  private static final byte QUOTE = '"';
  private static final int GROUP_BYTES = 3;
  private static final int GROUP_CHARS = 4;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int CHUNK_BYTES = 24 << 10;
  private static final int CHUNK_CHARS = CHUNK_BYTES / GROUP_BYTES * GROUP_CHARS;
  private static final byte[] NONE = {};

  @Override
  public byte[] encode(@Nullable Object value) {
    byte[] message = (byte[]) Objects.requireNonNull(value, "expected bytes, found null");
    byte[] body = new byte[encodedBytes(message.length)];
    byte[] text = new byte[Math.min(CHUNK_CHARS, body.length - 2)];
    byte[] room = room(message.length, CHUNK_BYTES);
    body[0] = QUOTE;
    int end = 1;
    for (int at = 0; at < message.length; at += CHUNK_BYTES) {
      int chars = Base64.getEncoder().encode(chunk(message, at, message.length, room), text);
      System.arraycopy(text, 0, body, end, chars);
      end += chars;
    }
    body[end] = QUOTE;
    return body;
  }

  private static int encodedBytes(int bytes) {
    long encoded = 2 + (bytes + GROUP_BYTES - 1L) / GROUP_BYTES * GROUP_CHARS;
    if (encoded > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "expected bytes that are at most %s long in base64, found %s"
              .formatted(LONGEST_ARRAY, encoded));
    }
    return (int) encoded;
  }

  @Override
  public byte[] decode(byte[] body) throws CodecException {
    byte[] message = decodeOwnShape(body);
    return message != null ? message : Parsed.decode(body);
  }

  private static byte @Nullable [] decodeOwnShape(byte[] body) {
    int end = body.length - 1;
    if (end < 1 || body[0] != QUOTE || body[end] != QUOTE) {
      return null;
    }
    try {
      return decode(body, 1, end);
    } catch (IllegalArgumentException _) {
      return null; // Not base64 to its end: perhaps escapes, which the parser knows.
    }
  }

  /// @throws IllegalArgumentException if it is not base64
  private static byte[] decode(byte[] text, int from, int to) {
    byte[] message = new byte[(to - from + GROUP_CHARS - 1) / GROUP_CHARS * GROUP_BYTES];
    byte[] bytes = to - from <= CHUNK_CHARS ? message : new byte[CHUNK_BYTES];
    byte[] room = room(to - from, CHUNK_CHARS);
    int end = 0;
    for (int at = from; at < to; at += CHUNK_CHARS) {
      int count = Base64.getDecoder().decode(chunk(text, at, to, room), bytes);
      if (count < CHUNK_BYTES && at + CHUNK_CHARS < to) {
        throw new IllegalArgumentException("expected padding at the end only");
      }
      System.arraycopy(bytes, 0, message, end, count);
      end += count;
    }
    return end == message.length ? message : Arrays.copyOf(message, end);
  }

  /// For whole chunks of so many bytes: none if all of them are less than one.
  private static byte[] room(int bytes, int size) {
    return bytes < size ? NONE : new byte[size];
  }

  /// The next chunk of an array: a whole one in `room`, the last as an array of its own.
  private static byte[] chunk(byte[] of, int from, int to, byte[] room) {
    int left = to - from;
    if (room.length > 0 && left >= room.length) {
      System.arraycopy(of, from, room, 0, room.length);
      return room;
    }
    return left == of.length ? of : Arrays.copyOfRange(of, from, to);
  }

  /// Apart, so that Jackson is loaded only when it is needed.
  private static final class Parsed {

    private static final JsonFactory FACTORY =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();

    static byte[] decode(byte[] body) throws CodecException {
      try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          byte[] message = parser.getBinaryValue();
          if (parser.nextToken() == null) {
            return message;
          }
        }
      } catch (JacksonException e) {
        throw new CodecException("expected a JSON string of base64: " + e.getMessage(), e);
      }
      throw new CodecException(
          "expected a JSON string of base64, found other JSON of " + body.length + " bytes");
    }
  }
}
