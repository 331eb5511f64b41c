package dev.forklab.bench.faults;

import dev.forklab.bench.runtime.ScratchDirectory;
import dev.forklab.fork.launch.JavaCommand;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A [TrialJanitor] at work, and the scratch directory that it watches over.
///
/// Closing it has it clean up, and waits until it has.
final class JanitorProcess implements AutoCloseable {

  /// A key press that ends the lab reaches all of its terminal's processes; this one still has to
  /// clean up.
  private static final String DEAF = "trap '' INT HUP TERM; exec \"$@\"";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Writer input;
  private final ScratchDirectory directory;

  private JanitorProcess(Process process, ScratchDirectory directory) {
    this.process = process;
    this.input = process.outputWriter();
    this.directory = directory;
  }

  static JanitorProcess start() throws IOException {
    ScratchDirectory directory = ScratchDirectory.make("lab");
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      "sh",
                      "-c",
                      DEAF,
                      "sh",
                      JavaCommand.ownJava().toString(),
                      "-XX:+UseSerialGC",
                      "-XX:TieredStopAtLevel=1",
                      "-Xmx16m",
                      "-cp",
                      System.getProperty("java.class.path"),
                      TrialJanitor.class.getName(),
                      directory.path().toString()))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new JanitorProcess(process, directory);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  /// Where all that must not be left goes.
  Path directory() {
    return directory.path();
  }

  /// Has it watch over a process.
  synchronized void watchOver(long pid) throws IOException {
    input.write(pid + "\n");
    input.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      input.close();
    } catch (IOException e) {
      // It has gone before its time; what it would have done is done below.
    }
    if (!Conditions.await(() -> !process.isAlive(), PATIENCE)) {
      process.destroyForcibly();
    }
    directory.close();
  }
}
