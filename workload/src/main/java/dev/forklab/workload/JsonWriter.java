package dev.forklab.workload;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a tree of maps, lists, strings, numbers, booleans and nulls as JSON (RFC 8259), without
/// spaces: the text that JavaScript's `JSON.stringify` makes of the same tree.
final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  /// @param value a tree whose maps have strings as keys, and whose numbers are finite
  static String write(@Nullable Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> string(text);
      case Long number -> out.append(number.longValue());
      case Boolean truth -> out.append(truth.booleanValue());
      case Double number when Double.isFinite(number) -> out.append(number.doubleValue());
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default ->
          throw new IllegalArgumentException(
              "expected a map, a list, a string, a finite number, a boolean or null, found "
                  + value);
    }
  }

  private void object(Map<?, ?> map) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string((String) entry.getKey());
      out.append(':');
      value(entry.getValue());
    }
    out.append('}');
  }

  private void array(List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(list.get(i));
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
