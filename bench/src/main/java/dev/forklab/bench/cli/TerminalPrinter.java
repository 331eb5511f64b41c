package dev.forklab.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/// Prints text of any origin as text, and the lab's own commands to the terminal as commands.
final class TerminalPrinter extends PrintWriter {

  private final Writer terminal;

  /// @param terminal what encodes for the terminal
  /// @param text writes to it what is text
  TerminalPrinter(Writer terminal, PrintableWriter text) {
    super(text, true);
    this.terminal = terminal;
  }

  /// Writes one of the lab's own sequences; never anything that came from elsewhere.
  void command(String sequence) {
    try {
      terminal.write(sequence);
    } catch (IOException e) {
      setError(); // As for text: a terminal that is gone is no reason to end.
    }
  }
}
