package dev.forklab.fork;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Text whose characters are all of ISO 8859-1, one byte each: what the JVM itself keeps such text
/// as, so that both ways are a plain copy.
final class Latin {

  private static final byte SUBSTITUTE = '?';

  /// Looked at without a branch between.
  private static final int BLOCK_BYTES = 4096;

  private Latin() {}

  /// The text's bytes; null if it has other characters. Those are encoded as a question mark, so
  /// only a text with one has to be looked at twice.
  static byte @Nullable [] encode(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return !hasSubstitute(bytes) || text.chars().allMatch(c -> c <= 0xFF) ? bytes : null;
  }

  static String decode(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static boolean hasSubstitute(byte[] bytes) {
    int at = 0;
    if (bytes.length >= BLOCK_BYTES) {
      at = bytes.length & -Long.BYTES;
      if (Words.haveSubstitute(bytes, at)) {
        return true;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == SUBSTITUTE) {
        return true;
      }
    }
    return false;
  }

  /// The same eight bytes at a time. Apart, so that a child's first short messages do not load it.
  /// (Warren, "Hacker's Delight", 2nd ed. 2012, section 6-1: a zero byte in a word.)
  private static final class Words {

    private static final VarHandle WORD =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long SIGNS = ONES << 7;

    static boolean haveSubstitute(byte[] bytes, int to) {
      for (int block = 0; block < to; block += BLOCK_BYTES) {
        if (found(bytes, block, Math.min(to, block + BLOCK_BYTES)) != 0) {
          return true;
        }
      }
      return false;
    }

    private static long found(byte[] bytes, int from, int to) {
      long found = 0;
      for (int at = from; at < to; at += Long.BYTES) {
        long word = (long) WORD.get(bytes, at) ^ ONES * SUBSTITUTE;
        found |= (word - ONES) & ~word & SIGNS;
      }
      return found;
    }
  }
}
