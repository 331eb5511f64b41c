package dev.forklab.bench.cli;

import java.io.PrintWriter;

/// Prints sentences, on a terminal without breaking words at its edge, into a file as one line
/// each.
final class Paragraphs {

  private final PrintWriter out;
  private final int columns;

  /// @param columns how wide lines may be, 0 for no bound
  Paragraphs(PrintWriter out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /// Prints one.
  ///
  /// @param bullet what it begins with; its other lines are set in as far
  void print(String bullet, String sentence) {
    String indent = " ".repeat(bullet.length());
    StringBuilder line = new StringBuilder(bullet);
    boolean empty = true;
    for (String word : sentence.split(" ", -1)) {
      if (!empty && columns > 0 && line.length() + 1 + word.length() > columns) {
        out.println(line);
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.println(line);
  }
}
