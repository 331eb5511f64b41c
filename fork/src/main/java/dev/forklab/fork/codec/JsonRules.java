package dev.forklab.fork.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;

/// What JSON means here, the same for plain values and for what Jackson binds: numbers that are not
/// finite are null; a float is the shortest decimal that is read back as it; and nothing is written
/// that the peer would refuse to read. The functions write plain values; the generator holds what
/// data binding writes to the same rules.
final class JsonRules extends JsonGeneratorDelegate {

  static final int MAX_NESTING = 500;

  /// Of a key, in UTF-8.
  static final int MAX_KEY_BYTES = 50_000;

  /// Of a number as text.
  static final int MAX_NUMBER_CHARS = 1_000;

  // As many bits as have fewer digits than the bound.
  private static final int SURELY_SHORT_BITS = 3_300;
  // Jackson counts the bytes of a key in groups of four.
  private static final int KEY_GROUP_BYTES = 4;

  /// Of both ends.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(MAX_KEY_BYTES + KEY_GROUP_BYTES)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNestingDepth(MAX_NESTING)
                  .build())
          .build();

  JsonRules(JsonGenerator out) {
    super(out, false);
  }

  static void key(JsonGenerator out, String key) {
    if (key.length() > MAX_KEY_BYTES / 3 && key.getBytes(UTF_8).length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "expected keys of at most "
              + MAX_KEY_BYTES
              + " bytes, found one of "
              + key.getBytes(UTF_8).length);
    }
    if (AdvancedWriter.hasHalf(key)) {
      throw new IllegalArgumentException(
          "expected keys of whole characters, found half of a surrogate pair in one");
    }
    out.writeName(key);
  }

  static void number(JsonGenerator out, double value) {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  static void number(JsonGenerator out, float value) {
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeNull();
    }
  }

  static void number(JsonGenerator out, BigInteger value) {
    if (value.bitLength() > SURELY_SHORT_BITS) {
      requireShort(value.toString().length());
    }
    out.writeNumber(value);
  }

  static void number(JsonGenerator out, BigDecimal value) {
    if (value.precision() > MAX_NUMBER_CHARS / 2) {
      requireShort(value.toString().length());
    }
    out.writeNumber(value);
  }

  private static void requireShort(int length) {
    if (length > MAX_NUMBER_CHARS) {
      throw new IllegalArgumentException(
          "expected numbers of at most "
              + MAX_NUMBER_CHARS
              + " characters, found one of "
              + length
              + ": send it as text");
    }
  }

  @Override
  public JsonGenerator writeName(String name) {
    key(delegate, name);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(double value) {
    number(delegate, value);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(float value) {
    number(delegate, value);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(BigInteger value) {
    number(delegate, value);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(BigDecimal value) {
    number(delegate, value);
    return this;
  }

  @Override
  public JsonGenerator writeArray(double[] values, int offset, int length) {
    delegate.writeStartArray();
    for (int i = offset; i < offset + length; i++) {
      number(delegate, values[i]);
    }
    delegate.writeEndArray();
    return this;
  }
}
