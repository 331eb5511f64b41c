package dev.forklab.fork.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// This process's working directory, which somebody may have removed: no JVM starts in one that is
/// gone.
public final class WorkingDirectory {

  private static final Path LINK = Path.of("/proc/self/cwd");

  private WorkingDirectory() {}

  /// Whether it has been removed.
  public static boolean isGone() {
    try {
      return !Files.isDirectory(Files.readSymbolicLink(LINK)); // Of the name it has now.
    } catch (IOException | RuntimeException _) {
      return !Files.isDirectory(named());
    }
  }

  /// Where a child starts that needs no directory in particular: empty for this process's own; once
  /// that is gone, what has taken its name, or else the root.
  public static Optional<Path> orElsewhere() {
    if (!isGone()) {
      return Optional.empty();
    }
    return Optional.of(named()).filter(Files::isDirectory).or(() -> Optional.of(Path.of("/")));
  }

  private static Path named() {
    return Path.of(System.getProperty("user.dir"));
  }
}
