package dev.forklab.reports.html;

import dev.forklab.reports.html.Table.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Text as Markdown, in the dialect of pull requests: the only place that escapes for it.
final class Markdown {

  private static final String SPECIAL = "\\`*_[]<>|#~$@";

  private Markdown() {}

  /// Text on one line, without what would command a terminal, and otherwise as it is.
  static String plain(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(it -> out.append(commands((char) it) ? ' ' : (char) it));
    return out.toString();
  }

  /// Text on one line, whatever it holds.
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (commands(character) || character == '\u00a0') {
        out.append(' ');
      } else if (character == ':' && text.startsWith("//", i + 1)) {
        out.append("&#58;"); // Or it would become a link.
      } else if (character == '.' && i >= 3 && text.regionMatches(true, i - 3, "www", 0, 3)) {
        out.append("&#46;");
      } else if (SPECIAL.indexOf(character) >= 0) {
        out.append(character == '<' ? "&lt;" : character == '@' ? "@\u200B" : "\\" + character);
      } else {
        out.append(character);
      }
    }
    return out.toString();
  }

  /// Control characters, and those that turn the direction of text.
  private static boolean commands(char character) {
    return Character.isISOControl(character)
        || (character >= '\u202a' && character <= '\u202e')
        || (character >= '\u2066' && character <= '\u2069');
  }

  /// The path of a file as the destination of a link: all but letters, digits and `-._/` by their
  /// codes.
  static String destination(String path) {
    StringBuilder out = new StringBuilder();
    for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (unit >= 'a' && unit <= 'z')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= '0' && unit <= '9')
              || "-._/".indexOf(unit) >= 0;
      out.append(plain ? String.valueOf((char) unit) : "%%%02X".formatted(unit));
    }
    return out.toString();
  }

  /// A block of code, in a fence longer than any run of backticks in it.
  static String code(String code) {
    String text =
        code.chars()
            .map(it -> commands((char) it) && it != '\n' ? '?' : it)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    StringBuilder fence = new StringBuilder("```");
    while (text.contains(fence)) {
      fence.append('`');
    }
    return fence + "\n" + text + "\n" + fence + "\n";
  }

  /// A table with its caption above it.
  static String table(Table table) {
    StringBuilder out = new StringBuilder();
    out.append("**").append(text(table.caption())).append("**\n\n");
    out.append(row(table.columns()));
    out.append(
        table.columns().stream().map(column -> "---").collect(Collectors.joining("|", "|", "|\n")));
    table.rows().forEach(row -> out.append(row(row)));
    return out.toString();
  }

  private static String row(List<Entry> entries) {
    return entries.stream()
        .map(entry -> text(entry.text()))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
