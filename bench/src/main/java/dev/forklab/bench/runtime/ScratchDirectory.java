package dev.forklab.bench.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A temporary directory, removed with all that is in it when this is closed.
public record ScratchDirectory(Path path) implements AutoCloseable {

  private static final int MOST_TRIES = 50;
  private static final long PAUSE_NANOS = 20_000_000;

  /// Makes one where temporary files go, for this user alone.
  ///
  /// @param prefix short, since the paths of sockets below it are limited to about a hundred
  ///   characters
  public static ScratchDirectory make(String prefix) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(prefix));
  }

  /// Makes one of this name in a directory.
  public static ScratchDirectory in(Path parent, String name) throws IOException {
    return new ScratchDirectory(Files.createDirectory(parent.resolve(name)));
  }

  /// Removes it. What somebody else still writes into it or removes from it at the same time, as
  /// processes that end do, is waited for, for a while.
  @Override
  public void close() throws IOException {
    for (int tries = 1; Files.exists(path); tries++) {
      try {
        removeAll();
      } catch (IOException | UncheckedIOException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void removeAll() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(path)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
