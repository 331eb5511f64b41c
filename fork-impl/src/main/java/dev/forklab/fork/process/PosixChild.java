package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.forklab.workload.pool.TaskFailure.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A child that only this object reaps: until then its pid cannot mean another process, so a signal
/// never hits a stranger.
final class PosixChild implements ChildHandle {

  private static final int SIGNAL_BITS = 0x7f;
  private static final int CODE_BITS = 0xff;
  private static final int CODE_SHIFT = 8;

  private final LibC c;
  private final int pid;
  private final PipedStreams streams;
  private final Object reaping = new Object();
  private @Nullable ExitStatus status; // guarded by reaping

  PosixChild(LibC c, int pid, PipedStreams streams) {
    this.c = c;
    this.pid = pid;
    this.streams = streams;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public ExitStatus awaitExit() {
    LibC.Errno ended;
    do {
      ended = c.awaitEnd(pid);
    } while (ended.result() != 0 && ended.errno() == LibC.EINTR);
    synchronized (reaping) {
      ExitStatus known = status;
      if (known == null) {
        known = ended.result() == 0 ? reap() : unknown();
        status = known;
      }
      return known;
    }
  }

  private ExitStatus reap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment raw = arena.allocate(JAVA_INT);
      return c.reap(pid, raw).result() == pid ? decode(raw.get(JAVA_INT, 0)) : unknown();
    }
  }

  /// The wait status of an ended process: the signal in the low 7 bits, or the code above them.
  static ExitStatus decode(int raw) {
    int signal = raw & SIGNAL_BITS;
    return signal == 0
        ? ExitStatus.exited((raw >> CODE_SHIFT) & CODE_BITS)
        : ExitStatus.killedBy(signal);
  }

  /// Somebody else reaped it: a process that ignores SIGCHLD, or waits for all its children.
  private static ExitStatus unknown() {
    return new ExitStatus(java.util.OptionalInt.empty(), java.util.OptionalInt.empty());
  }

  @Override
  public boolean kill(int signal) {
    synchronized (reaping) {
      if (status != null) {
        return false;
      }
      LibC.Errno sent = c.kill(pid, signal);
      if (sent.errno() == LibC.EPERM) {
        throw new SignalRefusedException(
            "signal " + signal + " to process " + pid + ": " + c.describe(sent.errno()));
      }
      return sent.result() == 0;
    }
  }

  @Override
  public void finishStreams(Duration patience) throws IOException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    if (streams.stdin().isPresent()) {
      streams.stdin().get().close();
    }
    for (PipeInput pipe : outputs()) {
      pipe.finish(Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime())));
    }
    for (PipeInput pipe : outputs()) {
      pipe.awaitReader(patience);
    }
  }

  private List<PipeInput> outputs() {
    return Stream.of(streams.stdout(), streams.stderr())
        .flatMap(Optional::stream)
        .map(PipeInput.class::cast)
        .toList();
  }

  @Override
  public Optional<OutputStream> stdin() {
    return streams.stdin();
  }

  @Override
  public Optional<InputStream> stdout() {
    return streams.stdout();
  }

  @Override
  public Optional<InputStream> stderr() {
    return streams.stderr();
  }
}
