package dev.forklab.bench.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// A path as one word of a command that a user may copy.
final class ShellWord {

  private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N}_./@%+=:,-]+");

  private ShellWord() {}

  static String of(Path path) {
    String text = path.toString();
    return HARMLESS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
