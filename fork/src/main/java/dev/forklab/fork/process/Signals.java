package dev.forklab.fork.process;

import java.util.List;

/// Linux's signals, by name and number.
public final class Signals {

  public static final int SIGHUP = 1;
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;

  private static final int MAX_NUMBER = 64;

  // Index 0 is not a signal: kill(0) only asks.
  private static final List<String> NAMES =
      List.of(
          "0",
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  private Signals() {}

  /// The signal's number.
  ///
  /// @throws IllegalArgumentException if there is not a signal of that name
  public static int number(String name) {
    int number = NAMES.indexOf(name);
    if (number < 1) {
      throw new IllegalArgumentException(
          "expected a signal's name such as SIGTERM, found '" + name + "'");
    }
    return number;
  }

  /// The number itself, if it is 0 or a signal's.
  ///
  /// @throws IllegalArgumentException if it is not
  public static int require(int number) {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "expected a signal's number of 0 to " + MAX_NUMBER + ", found " + number);
    }
    return number;
  }

  /// The signal's name; `SIG` and the number for those that have none.
  public static String name(int number) {
    return number > 0 && number < NAMES.size() ? NAMES.get(number) : "SIG" + number;
  }
}
