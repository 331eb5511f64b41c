package dev.forklab.bench.cli;

import java.io.PrintWriter;
import java.util.List;

/// Two or so lines at the end of a terminal that are drawn again and again in place. For one thread
/// at a time; whatever else is printed must come after a [#clear].
///
/// A line that is too long is cut off at the terminal's edge, so that each takes one row however
/// narrow the window is.
final class MovingLines {

  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String UP = "\u001b[1A";

  /// What is too long for the terminal is cut off there; on two rows it could not be cleared.
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";

  private final PrintWriter out;
  private int drawn;

  MovingLines(PrintWriter out) {
    this.out = out;
  }

  void draw(List<String> lines) {
    command(cleared() + NO_WRAP);
    out.print(String.join("\n", lines));
    command(WRAP);
    out.flush();
    drawn = lines.size();
  }

  /// Leaves the cursor where the first line began.
  void clear() {
    command(cleared());
    out.flush();
    drawn = 0;
  }

  private void command(String sequence) {
    if (out instanceof TerminalPrinter printer) {
      printer.command(sequence);
    } else {
      out.print(sequence);
    }
  }

  private String cleared() {
    return drawn == 0 ? "" : CLEAR_LINE + (UP + CLEAR_LINE).repeat(drawn - 1);
  }
}
