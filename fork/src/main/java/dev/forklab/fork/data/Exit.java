package dev.forklab.fork.data;

import java.util.Optional;
import java.util.OptionalInt;

/// How a process ended: exactly one of the two is present, or neither where the platform cannot
/// tell, or where it never started.
///
/// A JVM catches SIGTERM, SIGINT and SIGHUP, runs its shutdown hooks and exits with 128 and the
/// signal's number: that is a code, for the process was not killed. Node dies of the signal.
///
/// @param code the exit code, 0 to 255
/// @param signal the name of the signal that killed it, such as `SIGKILL`
public record Exit(OptionalInt code, Optional<String> signal) {

  /// Nobody can tell.
  public static final Exit UNKNOWN = new Exit(OptionalInt.empty(), Optional.empty());

  public Exit {
    if (code.isPresent() && signal.isPresent()) {
      throw new IllegalArgumentException(
          "expected an exit code or a signal, found both: " + code + ", " + signal);
    }
  }

  /// It ended by itself.
  public static Exit withCode(int code) {
    return new Exit(OptionalInt.of(code), Optional.empty());
  }

  /// A signal of this name killed it.
  public static Exit bySignal(String signal) {
    return new Exit(OptionalInt.empty(), Optional.of(signal));
  }

  /// In words, for a failure's message.
  public String describe() {
    if (code.isPresent()) {
      return "it exited with code " + code.getAsInt();
    }
    return signal.map(name -> name + " killed it").orElse("its exit status is unknown");
  }
}
