package dev.forklab.bench.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary directory, removed with all that is in it when this is closed.
public record ScratchDirectory(Path path) implements AutoCloseable {

  /// Makes one where temporary files go, for this user alone.
  ///
  /// @param prefix short, since the paths of sockets below it are limited to about a hundred
  ///   characters
  public static ScratchDirectory make(String prefix) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(prefix));
  }

  /// Makes one in a directory.
  public static ScratchDirectory in(Path parent, String prefix) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(parent, prefix));
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(path)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      files = List.of(path); // Somebody else removes it at the same time.
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
