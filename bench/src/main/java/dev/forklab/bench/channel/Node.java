package dev.forklab.bench.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The Node of this machine.
///
/// @param executable its path or name
/// @param version as it says it
public record Node(String executable, String version) {

  private static final long PATIENCE_SECONDS = 10;

  /// The one of this path or name, if it is there and says its version.
  public static Optional<Node> find(String executable) {
    try {
      Process process =
          new ProcessBuilder(executable, "--version").redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 && said.startsWith("v")
          ? Optional.of(new Node(executable, said))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // There is none of this name.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Writes its driver into a directory.
  static Path writeDriver(Path directory) throws IOException {
    Path script = directory.resolve("driver.cjs");
    try (var in = Node.class.getResourceAsStream("driver.cjs")) {
      if (in == null) {
        throw new IllegalStateException("expected driver.cjs beside this class, found none");
      }
      Files.write(script, in.readAllBytes());
    }
    return script;
  }
}
