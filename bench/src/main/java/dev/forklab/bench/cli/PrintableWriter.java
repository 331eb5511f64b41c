package dev.forklab.bench.cli;

import java.io.Writer;
import java.util.List;

/// Writes to a terminal what is text, and `?` for what would command it: a run directory may come
/// from anyone, and so may the words of a file, a jar or a process that end up in a message.
///
/// Line ends, tabs and the lab's own few sequences pass.
final class PrintableWriter extends RewritingWriter {

  private static final List<String> PASS =
      List.of("\r\n", Progress.CLEAR_LINE, Progress.NO_WRAP, Progress.WRAP);

  PrintableWriter(Writer out) {
    super(out);
  }

  @Override
  String rewritten(String text) {
    return printable(text);
  }

  static String printable(String text) {
    if (text.chars().noneMatch(PrintableWriter::commands)) {
      return text;
    }
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int from = i;
      String passes =
          PASS.stream().filter(sequence -> text.startsWith(sequence, from)).findFirst().orElse("");
      if (passes.isEmpty()) {
        printable.append(commands(text.charAt(i)) ? '?' : text.charAt(i));
        i++;
      } else {
        printable.append(passes);
        i += passes.length();
      }
    }
    return printable.toString();
  }

  /// Control characters, and those that turn the direction of text.
  private static boolean commands(int character) {
    return (Character.isISOControl(character) && character != '\n' && character != '\t')
        || (character >= '\u202a' && character <= '\u202e')
        || (character >= '\u2066' && character <= '\u2069');
  }
}
