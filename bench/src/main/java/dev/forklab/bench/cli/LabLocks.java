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

  /// Takes the lock for a new run; if it cannot be had, nothing is left of the run's directory.
  ///
  /// @throws UserError if another lab has it
  static LabLock takeOrAbandon(RunFolders folders) throws IOException {
    try {
      return take();
    } catch (IOException | UserError e) {
      folders.abandon();
      throw e;
    }
  }
}
