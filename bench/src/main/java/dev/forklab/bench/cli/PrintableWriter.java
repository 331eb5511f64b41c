package dev.forklab.bench.cli;

import java.io.Writer;

/// Writes to a terminal what is text, and `?` for what would command it: a run directory may come
/// from anyone, and so may the words of a file, a jar or a process that end up in a message.
///
/// Line ends and tabs pass; the lab's own commands take another way ([TerminalPrinter]).
final class PrintableWriter extends RewritingWriter {

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
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean endsLine = character == '\r' && text.startsWith("\n", i + 1);
      printable.append(commands(character) && !endsLine ? '?' : character);
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
