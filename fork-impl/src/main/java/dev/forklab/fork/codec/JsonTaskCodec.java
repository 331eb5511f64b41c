package dev.forklab.fork.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// `{"message":"<base64>"}`: what a user of Node does with bytes in a JSON channel.
///
/// The shape is fixed and base64 needs no escapes, so writing takes no generator. Reading tries
/// that exact shape first, and leaves any other spelling of the same object to Jackson's parser,
/// which is loaded only then.
///
/// Base64 goes by chunks. The JDK's methods use the processor's vector instructions only when they
/// are compiled by the best compiler, which counts calls: with one call a message, a child that
/// gets messages of a megabyte is at its full speed after 3,000 of them; with 44, after 100.
record JsonTaskCodec() implements TaskCodec {

  private static final String FIELD = "message";
  private static final byte[] PREFIX = ("{\"" + FIELD + "\":\"").getBytes(US_ASCII);
  private static final byte[] SUFFIX = "\"}".getBytes(US_ASCII);
  private static final int FRAME_BYTES = PREFIX.length + SUFFIX.length;
  private static final int GROUP_BYTES = 3;
  private static final int GROUP_CHARS = 4;
  private static final int CHUNK_BYTES = 24 << 10;
  private static final int CHUNK_CHARS = CHUNK_BYTES / GROUP_BYTES * GROUP_CHARS;

  @Override
  public byte[] encode(byte[] message) {
    byte[] body = new byte[Math.toIntExact(encodedBytes(message.length))];
    System.arraycopy(PREFIX, 0, body, 0, PREFIX.length);
    byte[] text = new byte[Math.min(CHUNK_CHARS, body.length - FRAME_BYTES)];
    int end = PREFIX.length;
    for (int at = 0; at < message.length; at += CHUNK_BYTES) {
      int chars = Base64.getEncoder().encode(chunk(message, at, message.length, CHUNK_BYTES), text);
      System.arraycopy(text, 0, body, end, chars);
      end += chars;
    }
    System.arraycopy(SUFFIX, 0, body, end, SUFFIX.length);
    return body;
  }

  @Override
  public byte[] decode(byte[] body) throws CodecException {
    byte[] message = decodeOwnShape(body);
    return message != null ? message : Parsed.decode(body);
  }

  @Override
  public long encodedBytes(long messageBytes) {
    return FRAME_BYTES + (messageBytes + GROUP_BYTES - 1) / GROUP_BYTES * GROUP_CHARS;
  }

  private static byte @Nullable [] decodeOwnShape(byte[] body) {
    int end = body.length - SUFFIX.length;
    if (end < PREFIX.length
        || !Arrays.equals(body, 0, PREFIX.length, PREFIX, 0, PREFIX.length)
        || !Arrays.equals(body, end, body.length, SUFFIX, 0, SUFFIX.length)) {
      return null;
    }
    try {
      return decode(body, PREFIX.length, end);
    } catch (IllegalArgumentException _) {
      return null; // Not base64 to its end: perhaps escapes, which the parser knows.
    }
  }

  /// @throws IllegalArgumentException if it is not base64
  private static byte[] decode(byte[] text, int from, int to) {
    byte[] message = new byte[(to - from + GROUP_CHARS - 1) / GROUP_CHARS * GROUP_BYTES];
    byte[] bytes = to - from <= CHUNK_CHARS ? message : new byte[CHUNK_BYTES];
    int end = 0;
    for (int at = from; at < to; at += CHUNK_CHARS) {
      int count = Base64.getDecoder().decode(chunk(text, at, to, CHUNK_CHARS), bytes);
      if (count < CHUNK_BYTES && at + CHUNK_CHARS < to) {
        throw new IllegalArgumentException("expected padding at the end only");
      }
      System.arraycopy(bytes, 0, message, end, count);
      end += count;
    }
    return end == message.length ? message : Arrays.copyOf(message, end);
  }

  /// So much of an array from a place on, or what is left of it.
  private static byte[] chunk(byte[] of, int from, int to, int size) {
    return from == 0 && to == of.length && of.length <= size
        ? of
        : Arrays.copyOfRange(of, from, Math.min(to, from + size));
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
        if (parser.nextToken() == JsonToken.START_OBJECT
            && parser.nextToken() == JsonToken.PROPERTY_NAME
            && FIELD.equals(parser.currentName())
            && parser.nextToken() == JsonToken.VALUE_STRING) {
          byte[] message = parser.getBinaryValue();
          if (parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null) {
            return message;
          }
        }
      } catch (JacksonException e) {
        throw new CodecException("expected JSON with a base64 message: " + e.getMessage(), e);
      }
      throw new CodecException(
          "expected {\"message\":\"<base64>\"}, found other JSON of " + body.length + " bytes");
    }
  }
}
