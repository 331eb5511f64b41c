package dev.forklab.bench.selftest;

import java.util.Locale;

/// Numbers as they are written in results: the same in every country.
final class CheckText {

  private CheckText() {}

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library of Error Prone's own
  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
