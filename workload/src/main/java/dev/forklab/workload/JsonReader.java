package dev.forklab.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text (RFC 8259) into a tree: objects as [LinkedHashMap], arrays as [ArrayList],
/// integers that fit as [Long], other numbers as [Double]; strings, booleans and nulls as
/// themselves. Of two members of one name the last counts. Nesting is bounded.
///
/// Kept to what the workload [Documents] needs, since this module depends on no library: correct
/// for every text, tuned for none.
final class JsonReader {

  private static final int DEEPEST = 500;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException if the text is not JSON; says where and why
  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.spaces();
    if (reader.at < text.length()) {
      throw reader.expected("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    spaces();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    enter();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    spaces();
    if (!skip('}')) {
      do {
        spaces();
        String name = string();
        spaces();
        require(':');
        members.put(name, value());
        spaces();
      } while (skip(','));
      require('}');
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() {
    enter();
    List<@Nullable Object> elements = new ArrayList<>();
    spaces();
    if (!skip(']')) {
      do {
        elements.add(value());
        spaces();
      } while (skip(','));
      require(']');
    }
    depth--;
    return elements;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw expected("at most " + DEEPEST + " levels");
    }
    at++;
  }

  private String string() {
    require('"');
    int start = at;
    while (peek() != '"' && peek() != '\\' && peek() >= ' ') {
      at++;
    }
    if (skip('"')) {
      return text.substring(start, at - 1);
    }
    StringBuilder unescaped = new StringBuilder().append(text, start, at);
    while (!skip('"')) {
      unescaped.append(peek() == '\\' ? escaped() : plain());
    }
    return unescaped.toString();
  }

  private char plain() {
    if (peek() < ' ') {
      throw expected("a character or a quotation mark");
    }
    return text.charAt(at++);
  }

  private char escaped() {
    at++;
    char kind = peek();
    at++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> fourHexDigits();
      default -> {
        at--;
        throw expected("an escape");
      }
    };
  }

  private char fourHexDigits() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw expected("four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private @Nullable Object literal(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return meaning;
  }

  private Number number() {
    int start = at;
    boolean negative = skip('-');
    int digits = at;
    if (!skip('0')) {
      digits();
    }
    boolean whole = true;
    if (skip('.')) {
      whole = false;
      digits();
    }
    if (skip('e') || skip('E')) {
      whole = false;
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    if (whole && at - digits <= 18) {
      long value = Long.parseLong(text, digits, at, 10);
      return negative ? -value : value;
    }
    return Double.valueOf(text.substring(start, at));
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw expected("a value");
    }
  }

  private void spaces() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  /// The next character; at the end one that no rule expects.
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean skip(char c) {
    boolean found = peek() == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void require(char c) {
    if (!skip(c)) {
      throw expected("'" + c + "'");
    }
  }

  private IllegalArgumentException expected(String what) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "expected JSON: " + what + " at offset " + at + ", found " + found);
  }
}
