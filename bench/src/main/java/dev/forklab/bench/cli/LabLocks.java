package dev.forklab.bench.cli;

import dev.forklab.bench.run.LabLock;
import java.io.IOException;

/// The lab's lock, or why it cannot be had.
final class LabLocks {

  private LabLocks() {}

  /// Takes the lock.
  ///
  /// @throws UserError if another lab has it
  static LabLock take() throws IOException {
    return LabLock.tryAcquire()
        .orElseThrow(() ->
            new UserError(
                ExitCode.BUSY,
                "another lab is measuring on this machine, and two would measure each other;"
                    + " wait for it to end, then try again"));
  }
}
