package dev.forklab.bench.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Whether a person is watching, and what their terminal can show.
final class Terminals {

  private static final String MARKS = "±…–’µ×";
  private static final File TERMINAL = new File("/dev/tty");
  private static final int STTY_PATIENCE_SECONDS = 2;

  /// How wide a line may be where no terminal sets a limit.
  static final int USUAL_COLUMNS = 80;

  /// Longer lines are hard to read, however wide the terminal.
  private static final int MOST_COLUMNS = 100;

  private static final int FEWEST_COLUMNS = 40;

  private Terminals() {}

  /// Whether this process has a terminal; a log file gets whole lines instead of a moving one.
  static boolean isTerminal() {
    boolean attached = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return attached && System.getenv("CI") == null;
  }

  /// How long a line of text may be on the terminal; 0 if there is none and lines may be any
  /// length.
  static int columns() {
    return isTerminal() ? Math.clamp(askedOfStty(), FEWEST_COLUMNS, MOST_COLUMNS) : 0;
  }

  /// Writes to a stream what its encoding can show, and in plain ASCII what it cannot; nothing in
  /// it commands a terminal.
  static PrintWriter printer(PrintStream stream) {
    Writer writer = new OutputStreamWriter(stream, stream.charset());
    boolean shows = stream.charset().newEncoder().canEncode(MARKS);
    return new TerminalPrinter(
        writer, new PrintableWriter(shows ? writer : new AsciiWriter(writer)));
  }

  private static int askedOfStty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), System.out.charset());
      return stty.waitFor(STTY_PATIENCE_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0
          ? Integer.parseInt(size.strip().replaceFirst(".* ", ""))
          : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException e) {
      return USUAL_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_COLUMNS;
    }
  }
}
