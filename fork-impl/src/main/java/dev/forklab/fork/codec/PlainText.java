package dev.forklab.fork.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A JSON string that needs no escapes: printable ASCII between two quotes.
///
/// Most texts are such, and then quoting is two copies and one look at each byte, where a general
/// writer looks at characters one by one.
final class PlainText {

  /// Looked at without a branch between.
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
    int at = from;
    if (to - from >= Words.WORTH_BYTES) {
      int end = from + (to - from & -Long.BYTES);
      if (!Words.arePlain(bytes, from, end)) {
        return false;
      }
      at = end;
    }
    int sign = 0;
    for (; at < to; at++) {
      int b = bytes[at];
      // Each is negative for what is not plain: control or beyond ASCII, quote, backslash.
      sign |= (b - FIRST_PRINTABLE) | ((b ^ QUOTE) - 1) | ((b ^ BACKSLASH) - 1);
    }
    return sign >= 0;
  }

  /// The same eight bytes at a time: the sign bits of all eight at once. What a byte borrows from
  /// its neighbour is no matter, since only one that is not plain borrows. Apart, so that a child's
  /// first short messages do not load it. (Warren, "Hacker's Delight", 2nd ed. 2012, section 6-1.)
  private static final class Words {

    static final int WORTH_BYTES = 64;

    private static final VarHandle WORD =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long SIGNS = ONES << 7;

    static boolean arePlain(byte[] bytes, int from, int to) {
      for (int block = from; block < to; block += BLOCK_BYTES) {
        if ((signs(bytes, block, Math.min(to, block + BLOCK_BYTES)) & SIGNS) != 0) {
          return false;
        }
      }
      return true;
    }

    private static long signs(byte[] bytes, int from, int to) {
      long signs = 0;
      for (int at = from; at < to; at += Long.BYTES) {
        long word = (long) WORD.get(bytes, at);
        signs |=
            word
                | (word - ONES * FIRST_PRINTABLE)
                | ((word ^ ONES * QUOTE) - ONES)
                | ((word ^ ONES * BACKSLASH) - ONES);
      }
      return signs;
    }
  }
}
