package dev.forklab.bench.cli;

import java.io.Console;
import java.util.Optional;

/// Whether a person is watching.
final class Terminals {

  private Terminals() {}

  /// Whether this process has a terminal; a log file gets whole lines instead of a moving one.
  static boolean isTerminal() {
    boolean attached = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return attached && System.getenv("CI") == null;
  }
}
