package dev.forklab.fork.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Plain values through Jackson's streams; only other objects need its data binding.
final class JsonStreams {

  /// Found inside a message: the whole of it is left to data binding.
  private static final class NotPlain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlain() {
      super("not a plain value", null, false, false);
    }
  }

  private JsonStreams() {}

  static byte[] encode(@Nullable Object message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonRules.FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(out, message, JsonRules.MAX_NESTING);
    } catch (NotPlain _) {
      return Binding.write(message);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("cannot be sent as JSON: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /// A chain, here and below: a switch over types spins classes at run time that no start archive
  /// holds, which is a fifth of a child's way to its first message.
  @SuppressWarnings("IfChainToSwitch") // As said.
  private static void write(JsonGenerator out, @Nullable Object value, int nestingLeft) {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof CharSequence text) {
      out.writeString(text.toString());
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof Number number) {
      writeNumber(out, number);
    } else if (value instanceof byte[] bytes) {
      out.writeBinary(bytes);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(out, map, nestingLeft);
    } else if (value instanceof Iterable<?> items) {
      writeArray(out, items, nestingLeft);
    } else if (value instanceof Object[] items) {
      writeArray(out, java.util.Arrays.asList(items), nestingLeft);
    } else {
      Binding.requireData(value.getClass());
      Binding.write(out, value); // By itself: of what a list holds Jackson would forget the type.
    }
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map, int nestingLeft) {
    requireNesting(nestingLeft);
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      JsonRules.key(out, key(entry.getKey()));
      write(out, entry.getValue(), nestingLeft - 1);
    }
    out.writeEndObject();
  }

  private static String key(@Nullable Object key) {
    if (key != null
        && !(key instanceof CharSequence)
        && !(key instanceof Number)
        && !(key instanceof Boolean)) {
      throw new NotPlain();
    }
    return String.valueOf(key);
  }

  private static void requireNesting(int left) {
    if (left == 0) {
      throw new IllegalArgumentException(
          "expected at most "
              + JsonRules.MAX_NESTING
              + " levels of nesting, found more: is there a cycle?");
    }
  }

  private static void writeArray(JsonGenerator out, Iterable<?> items, int nestingLeft) {
    if (items instanceof tools.jackson.core.TreeNode || items instanceof java.nio.file.Path) {
      throw new NotPlain(); // Iterable, but not lists.
    }
    requireNesting(nestingLeft);
    out.writeStartArray();
    for (Object item : items) {
      write(out, item, nestingLeft - 1);
    }
    out.writeEndArray();
  }

  @SuppressWarnings("IfChainToSwitch") // As above.
  private static void writeNumber(JsonGenerator out, Number number) {
    if (number instanceof Integer i) {
      out.writeNumber(i);
    } else if (number instanceof Long l) {
      out.writeNumber(l);
    } else if (number instanceof Double d) {
      JsonRules.number(out, d);
    } else if (number instanceof Float f) {
      JsonRules.number(out, f);
    } else if (number instanceof BigInteger big) {
      JsonRules.number(out, big);
    } else if (number instanceof BigDecimal big) {
      JsonRules.number(out, big);
    } else if (number instanceof Short || number instanceof Byte) {
      out.writeNumber(number.intValue());
    } else {
      throw new NotPlain();
    }
  }

  static @Nullable Object decode(byte[] body) throws CodecException {
    try (JsonParser in = JsonRules.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      Object message = read(in, in.nextToken());
      if (in.nextToken() != null) {
        throw new CodecException("expected one JSON value, found more behind it");
      }
      return message;
    } catch (JacksonException e) {
      throw new CodecException("expected JSON: " + e.getMessage(), e);
    }
  }

  private static @Nullable Object read(JsonParser in, @Nullable JsonToken token)
      throws CodecException {
    if (token == null) {
      throw new CodecException("expected a JSON value, found nothing");
    }
    return switch (token) {
      case START_OBJECT -> readMap(in);
      case START_ARRAY -> readList(in);
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new CodecException("expected a JSON value, found " + token);
    };
  }

  private static Map<String, @Nullable Object> readMap(JsonParser in) throws CodecException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      map.put(in.currentName(), read(in, in.nextToken()));
    }
    return map;
  }

  private static List<@Nullable Object> readList(JsonParser in) throws CodecException {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      list.add(read(in, token));
    }
    return list;
  }
}
