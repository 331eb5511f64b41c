package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.forklab.fork.data.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
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
  private static final int MOST_BETWEEN = 32;

  private final LibC c;
  private final int pid;
  private final PipedStreams streams;
  private final boolean endsGroup;
  private final Object reaping = new Object();
  private @Nullable Exit status; // guarded by reaping

  /// @param endsGroup whether what is left in its process group is killed once it has ended
  PosixChild(LibC c, int pid, PipedStreams streams, boolean endsGroup) {
    this.c = c;
    this.pid = pid;
    this.streams = streams;
    this.endsGroup = endsGroup;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public Exit awaitExit() {
    LibC.Errno ended;
    do {
      ended = c.awaitEnd(pid);
    } while (ended.result() != 0 && ended.errno() == LibC.EINTR);
    synchronized (reaping) {
      Exit known = status;
      if (known == null) {
        known = ended.result() == 0 ? reap() : Exit.UNKNOWN;
        status = known;
      }
      return known;
    }
  }

  private Exit reap() {
    if (endsGroup) {
      c.kill(-pid, Signals.SIGKILL); // Before the reaping: until then the group is its own.
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment raw = arena.allocate(JAVA_INT);
      // Unless somebody else did: a process that ignores SIGCHLD, or waits for all its children.
      return c.reap(pid, raw).result() == pid ? decode(raw.get(JAVA_INT, 0)) : Exit.UNKNOWN;
    }
  }

  /// The wait status of an ended process: the signal in the low 7 bits, or the code above them.
  static Exit decode(int raw) {
    int signal = raw & SIGNAL_BITS;
    return signal == 0
        ? Exit.withCode((raw >> CODE_SHIFT) & CODE_BITS)
        : Exit.bySignal(Signals.name(signal));
  }

  @Override
  public boolean isPeerAt(Path socket) throws IOException {
    return Peers.at(socket).stream().allMatch(this::isAtOrAbove);
  }

  private boolean isAtOrAbove(int peer) {
    if (peer == pid) {
      return true; // Even if it has ended.
    }
    Optional<ProcessHandle> process = ProcessHandle.of(peer);
    for (int i = 0; i < MOST_BETWEEN && process.isPresent() && process.get().pid() != pid; i++) {
      process = process.get().parent();
    }
    return process.isPresent() && process.get().pid() == pid;
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
