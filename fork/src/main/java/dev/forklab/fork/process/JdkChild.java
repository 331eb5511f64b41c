package dev.forklab.fork.process;

import dev.forklab.fork.data.Exit;
import dev.forklab.fork.data.Stdio;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A child of [JdkSpawner].
final class JdkChild implements ChildHandle {

  private static final int LARGEST_SURE_CODE = 128;

  private final Process process;
  private final List<Stdio> stdio;

  JdkChild(Process process, List<Stdio> stdio) {
    this.process = process;
    this.stdio = stdio;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Exit awaitExit() {
    int value = process.onExit().join().exitValue();
    return value <= LARGEST_SURE_CODE ? Exit.withCode(value) : Exit.UNKNOWN;
  }

  @Override
  public boolean kill(int signal) {
    boolean alive = process.isAlive();
    switch (signal) {
      case 0 -> {}
      case Signals.SIGTERM, Signals.SIGHUP -> process.destroy();
      case Signals.SIGKILL -> process.destroyForcibly();
      default ->
          throw new UnsupportedOperationException(
              "expected SIGTERM or SIGKILL, found signal "
                  + signal
                  + "; others need posix_spawn: "
                  + Spawner.ofThisPlatform().describe());
    }
    return alive;
  }

  @Override
  public void finishStreams(Duration patience) throws IOException {
    // The JDK's own thread has read what was left, and holds it for those who want it.
    if (piped(0)) {
      process.getOutputStream().close();
    }
  }

  @Override
  public Optional<OutputStream> stdin() {
    return piped(0) ? Optional.of(process.getOutputStream()) : Optional.empty();
  }

  @Override
  public Optional<InputStream> stdout() {
    return piped(1) ? Optional.of(process.getInputStream()) : Optional.empty();
  }

  @Override
  public Optional<InputStream> stderr() {
    return piped(2) ? Optional.of(process.getErrorStream()) : Optional.empty();
  }

  private boolean piped(int stream) {
    return stdio.get(stream) instanceof Stdio.Pipe;
  }
}
