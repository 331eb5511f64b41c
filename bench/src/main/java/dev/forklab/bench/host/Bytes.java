package dev.forklab.bench.host;

import java.util.Locale;

/// How amounts of memory are written for people.
final class Bytes {

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private Bytes() {}

  /// In MiB or GiB, one decimal; "unknown" below zero.
  static String toText(long bytes) {
    if (bytes < 0) {
      return "unknown";
    }
    return bytes < GIB
        ? String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB)
        : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
