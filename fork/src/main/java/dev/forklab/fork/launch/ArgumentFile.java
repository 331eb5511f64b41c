package dev.forklab.fork.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.PrivateSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Options of `java` in a file (`java @file`), where one of them is longer than the system takes in
/// one word: a class path of some thousand jars.
final class ArgumentFile {

  // Linux: MAX_ARG_STRLEN, with the final NUL.
  private static final int MAX_WORD_BYTES = (128 << 10) - 1;

  // A character is at most three bytes.
  private static final int SURELY_SHORT_CHARS = MAX_WORD_BYTES / 3;

  private ArgumentFile() {}

  static boolean needs(List<String> options) {
    return options.stream()
        .anyMatch(option ->
            option.length() > SURELY_SHORT_CHARS && option.getBytes(UTF_8).length > MAX_WORD_BYTES);
  }

  /// Writes it; what is left of the options is its name.
  static List<String> beside(Path socket, List<String> options) throws IOException {
    String text =
        options.stream().map(ArgumentFile::quoted).collect(Collectors.joining("\n", "", "\n"));
    return List.of("@" + PrivateSocket.writeBeside(socket, text.getBytes(UTF_8)));
  }

  private static String quoted(String option) {
    return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
