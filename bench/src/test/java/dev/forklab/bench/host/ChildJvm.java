package dev.forklab.bench.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real child that runs one of this package's programs, says a line when it is ready, and is gone
/// when this is closed.
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private ChildJvm(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static ChildJvm start(Class<?> program, String... arguments) throws IOException {
    return start(List.of(), program, arguments);
  }

  /// Starts behind `prefix` and waits for the first line.
  static ChildJvm start(List<String> prefix, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    ChildJvm child = new ChildJvm(process);
    if (child.line() == null) {
      child.close();
      throw new IOException(command + " ended before it was ready");
    }
    return child;
  }

  @org.jspecify.annotations.Nullable
  String line() throws IOException {
    return out.readLine();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /// Kills it and waits until it has gone.
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    out.close();
  }
}
