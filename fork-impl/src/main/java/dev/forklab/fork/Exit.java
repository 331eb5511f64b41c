package dev.forklab.fork;

import dev.forklab.fork.process.Signals;
import dev.forklab.workload.pool.TaskFailure.ExitStatus;
import java.util.Optional;
import java.util.OptionalInt;

/// How a child ended: exactly one of the two is set, or neither where the platform cannot tell.
///
/// A JVM catches SIGTERM, SIGINT and SIGHUP, runs its shutdown hooks and exits with 128 and the
/// signal's number: that is a code, for the process was not killed. Node dies of the signal.
///
/// @param code the exit code
/// @param signal the name of the signal that killed it, such as `SIGKILL`
public record Exit(OptionalInt code, Optional<String> signal) {

  static Exit of(ExitStatus status) {
    Optional<String> signal =
        status.signal().isPresent()
            ? Optional.of(Signals.name(status.signal().getAsInt()))
            : Optional.empty();
    return new Exit(status.code(), signal);
  }

  /// Of a child that never started.
  static final Exit NONE = new Exit(OptionalInt.empty(), Optional.empty());
}
