package dev.forklab.workload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 64 bits that stand for an array, and the way a workload without a cipher makes a reply of them:
///
/// ```
/// mix(z)         SplitMix64's output function (Steele, Lea and Flood, OOPSLA 2014)
/// of(bytes)      h = GAMMA * (length + 1); for each 8 bytes w, little-endian, zeros after the last:
///                h = mix(h ^ w)
/// masked(m, s)   m XOR mix(s + GAMMA), mix(s + 2 GAMMA), … , each as 8 bytes, little-endian
/// ```
///
/// Every byte of a masked reply depends on every bit of the seed, so that a message of any size
/// proves the work behind it. Fast, and of no use as cryptography.
final class Fingerprint {

  /// SplitMix64's increment: the golden ratio, odd, as 64 bits.
  static final long GAMMA = 0x9E3779B97F4A7C15L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Fingerprint() {}

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The fingerprint of all bytes.
  static long of(byte[] bytes) {
    long h = GAMMA * (bytes.length + 1L);
    int whole = bytes.length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      h = mix(h ^ (long) LONGS.get(bytes, i));
    }
    return whole == bytes.length ? h : mix(h ^ tail(bytes, whole));
  }

  /// A new array as long as the message.
  static byte[] masked(byte[] message, long seed) {
    byte[] reply = new byte[message.length];
    int whole = message.length & -Long.BYTES;
    long state = seed;
    for (int i = 0; i < whole; i += Long.BYTES) {
      state += GAMMA;
      LONGS.set(reply, i, (long) LONGS.get(message, i) ^ mix(state));
    }
    long last = mix(state + GAMMA);
    for (int i = whole; i < message.length; i++) {
      reply[i] = (byte) (message[i] ^ (last >>> (Byte.SIZE * (i - whole))));
    }
    return reply;
  }

  private static long tail(byte[] bytes, int from) {
    long word = 0;
    for (int i = from; i < bytes.length; i++) {
      word |= (bytes[i] & 0xFFL) << (Byte.SIZE * (i - from));
    }
    return word;
  }
}
