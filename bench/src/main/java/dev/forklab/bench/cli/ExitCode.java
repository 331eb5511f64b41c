package dev.forklab.bench.cli;

/// The exit codes of `lab`; documented in the README and in `lab --help`.
final class ExitCode {

  /// Done.
  static final int OK = 0;

  /// A defect of the lab: please report it.
  static final int DEFECT = 1;

  /// Something was asked for that cannot be done: an option, a value, a combination.
  static final int USAGE = 2;

  /// No JDK 25 was found, or the build failed (the launcher's own code).
  static final int NO_JDK = 3;

  /// A directory or file cannot be read or written: it exists, is missing, is damaged, is full.
  static final int FILES = 4;

  /// Another lab is measuring on this machine.
  static final int BUSY = 5;

  /// The run ended, but trials failed: the report says which.
  static final int INCOMPLETE = 6;

  /// The selftest ended, but a check fell short: it says which.
  static final int FELL_SHORT = 7;

  /// A run is certainly worse than its baseline, by more than `--fail-on` allows.
  static final int WORSE = 8;

  /// Interrupted by Ctrl-C (SIGINT): what was measured is kept. After a SIGTERM it is 143.
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
