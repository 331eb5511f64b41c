package dev.forklab.bench.instrument;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A [Spinner] that runs as a child process. It ends when this is closed, and when this process
/// ends, whose death closes its standard input.
public final class SpinnerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private SpinnerProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
    this.in = process.outputWriter();
  }

  /// Starts one with the given number of threads, none of which burns yet. Blocks until it is up.
  public static SpinnerProcess start(int threads) throws IOException {
    return start(threads, List.of());
  }

  /// The same.
  ///
  /// @param prefix what stands before its command: `taskset -c 0`
  public static SpinnerProcess start(int threads, List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            Spinner.class.getName(),
            String.valueOf(threads)));
    SpinnerProcess spinner =
        new SpinnerProcess(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    String said = spinner.out.readLine();
    if (!"ready".equals(said)) {
      spinner.close();
      throw new IOException("expected a spinning process to be ready, found that it said " + said);
    }
    return spinner;
  }

  public long pid() {
    return process.pid();
  }

  /// Has each thread burn that much CPU time; returns at once.
  public void burn(long millisEach) throws IOException {
    in.write(millisEach + "\n");
    in.flush();
  }

  /// Blocks until it has burnt what it was told to.
  ///
  /// @return nanoseconds of CPU time, all threads together, by their own clocks
  public long burnt() throws IOException {
    String said = out.readLine();
    if (said == null) {
      throw new IOException("expected a number from the spinning process, found that it had ended");
    }
    return Long.parseLong(said);
  }

  /// Ends it at once, burning or not, and waits until it has gone.
  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
