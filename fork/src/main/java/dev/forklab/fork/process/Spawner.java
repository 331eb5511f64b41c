package dev.forklab.fork.process;

import java.io.IOException;
import java.util.Optional;

/// Starts processes in the way that fits this platform.
public interface Spawner {

  /// Starts a process.
  ///
  /// @throws IOException if there is no such executable or directory, or the system refuses
  ChildHandle spawn(ProcessSpec spec) throws IOException;

  /// Pipes for a child that talks with its parent on what it inherits; empty where this platform
  /// has none. Whoever opens them closes them, or spawns a child with them.
  ///
  /// @throws IOException if the system has none left
  default Optional<ChannelPipes> openPipes() throws IOException {
    return Optional.empty();
  }

  /// Starts a process that inherits its ends of these pipes. If it cannot be started, they are
  /// still to be closed.
  default ChildHandle spawn(ProcessSpec spec, ChannelPipes pipes) throws IOException {
    throw new UnsupportedOperationException("expected pipes of this spawner, which has none");
  }

  /// In words, how it starts them and what it cannot do.
  String describe();

  /// This platform's: `posix_spawn` on Linux, the JDK's own otherwise.
  static Spawner ofThisPlatform() {
    return PlatformSpawner.INSTANCE;
  }
}
