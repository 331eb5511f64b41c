package dev.forklab.reports.html;

import dev.forklab.reports.html.Table.Entry;
import java.util.List;
import java.util.stream.Collectors;

/// Text as Markdown, in the dialect of pull requests: the only place that escapes for it.
final class Markdown {

  private static final String SPECIAL = "\\`*_[]<>|#~$@";

  private Markdown() {}

  /// Text on one line, whatever it holds.
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isISOControl(character) || character == '\u00a0') {
        out.append(' ');
      } else if (SPECIAL.indexOf(character) >= 0) {
        out.append(character == '<' ? "&lt;" : character == '@' ? "@\u200B" : "\\" + character);
      } else {
        out.append(character);
      }
    }
    return out.toString();
  }

  /// A block of code, in a fence longer than any run of backticks in it.
  static String code(String text) {
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
