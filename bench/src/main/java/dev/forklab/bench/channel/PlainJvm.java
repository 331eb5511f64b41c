package dev.forklab.bench.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.launch.JavaCommand;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child JVM that runs nothing of this library; started as plainly as the JDK can.
final class PlainJvm implements DriverChild {

  private static final String PART = "plain";
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final long startNanos;

  private PlainJvm(Process process, long startNanos) {
    this.process = process;
    this.startNanos = startNanos;
  }

  /// Its main class: says hello, then waits for the end of its standard input.
  static final class Peer {

    private Peer() {}

    /// Started by [PlainJvm] only.
    public static void main(String[] args) throws IOException {
      try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
        out.write("hello\n".getBytes(UTF_8));
        var _ = System.in.read();
      }
    }
  }

  /// Makes its start archive, unless it is there.
  static void prepare() throws IOException, InterruptedException {
    var _ =
        JavaCommand.ofThisJvm()
            .prepare(
                Peer.class,
                PART,
                recording -> start(recording.command(Peer.class.getName(), List.of())).release());
  }

  static PlainJvm open() throws IOException {
    return start(JavaCommand.ofThisJvm().leanCommand(Peer.class, PART, List.of()));
  }

  private static PlainJvm start(List<String> command) throws IOException {
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String hello = out.readLine();
    long nanos = System.nanoTime() - begin;
    if (!"hello".equals(hello)) {
      process.destroyForcibly();
      throw new IOException("expected hello from a plain JVM, found " + hello);
    }
    return new PlainJvm(process, nanos);
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void release() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("expected a plain JVM to end with its input, but it did not");
    }
  }
}
