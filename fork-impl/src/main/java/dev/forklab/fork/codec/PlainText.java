package dev.forklab.fork.codec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A JSON string that needs no escapes: printable ASCII between two quotes.
///
/// Most texts are such, and then quoting is two copies and one look at each byte, where a general
/// writer looks at characters one by one.
final class PlainText {

  /// Looked at without a branch, so that the loop runs on vectors.
  private static final int BLOCK_BYTES = 4096;

  private static final byte QUOTE = '"';
  private static final byte BACKSLASH = '\\';
  private static final byte FIRST_PRINTABLE = ' ';

  private PlainText() {}

  /// The text as JSON; null if it needs escapes or is not ASCII.
  static byte @Nullable [] quote(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != text.length() || !isPlain(bytes, 0, bytes.length)) {
      return null;
    }
    byte[] json = new byte[bytes.length + 2];
    json[0] = QUOTE;
    System.arraycopy(bytes, 0, json, 1, bytes.length);
    json[bytes.length + 1] = QUOTE;
    return json;
  }

  /// The text in this JSON; null if it is no such string.
  static @Nullable String unquote(byte[] json) {
    int end = json.length - 1;
    if (end < 1 || json[0] != QUOTE || json[end] != QUOTE || !isPlain(json, 1, end)) {
      return null;
    }
    return new String(json, 1, end - 1, StandardCharsets.ISO_8859_1);
  }

  private static boolean isPlain(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += BLOCK_BYTES) {
      if (holdsOther(bytes, at, Math.min(to, at + BLOCK_BYTES))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsOther(byte[] bytes, int from, int to) {
    int sign = 0;
    for (int i = from; i < to; i++) {
      int b = bytes[i];
      // Each is negative for what is not plain: control or beyond ASCII, quote, backslash.
      sign |= (b - FIRST_PRINTABLE) | ((b ^ QUOTE) - 1) | ((b ^ BACKSLASH) - 1);
    }
    return sign < 0;
  }
}
