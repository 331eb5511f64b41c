package dev.forklab.fork.process;

import java.io.IOException;

/// Starts processes in the way that fits this platform.
public interface Spawner {

  /// Starts a process.
  ///
  /// @throws IOException if there is no such executable or directory, or the system refuses
  ChildHandle spawn(ProcessSpec spec) throws IOException;

  /// In words, how it starts them and what it cannot do.
  String describe();

  /// This platform's: `posix_spawn` on Linux, the JDK's own otherwise.
  static Spawner ofThisPlatform() {
    return PlatformSpawner.INSTANCE;
  }
}
