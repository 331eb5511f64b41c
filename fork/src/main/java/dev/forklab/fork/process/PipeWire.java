package dev.forklab.fork.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.forklab.fork.channel.ChannelClosedException;
import dev.forklab.fork.channel.Wire;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/// The parent's end of a child's channel on pipes. What wakes its loop thread is an event
/// descriptor (`eventfd(2)`) that it polls beside them.
final class PipeWire implements Wire {

  private static final int POLLFD_BYTES = 8; // int fd, short events, short revents
  private static final int EVENTS = 4;
  private static final int FOUND = 6;
  private static final int IN = 0;
  private static final int OUT = POLLFD_BYTES;
  private static final int WAKE = 2 * POLLFD_BYTES;
  private static final int IGNORED = -1;
  private static final int NOW = 0;
  private static final int FOREVER = -1;
  private static final long LOOK_MILLIS = 10;

  private static final MethodHandle POLL =
      LibC.function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ =
      LibC.function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      LibC.function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MemorySegment ONE = Arena.global().allocateFrom(JAVA_LONG, 1);

  private final PipeLine line;
  private final int wake;
  private final long heldBytes;
  // Of the loop thread.
  private final MemorySegment polled = Arena.ofAuto().allocate(3L * POLLFD_BYTES, Long.BYTES);
  private final MemorySegment count = Arena.ofAuto().allocate(JAVA_LONG);
  // Written by the holder of the write ownership and by the loop thread, read by the latter; a
  // wake-up follows.
  private volatile boolean wantsRoom;

  /// @param line closes `wake` with its own
  /// @param wake an event descriptor
  PipeWire(PipeLine line, int wake, long heldBytes) {
    this.line = line;
    this.wake = wake;
    this.heldBytes = heldBytes;
    set(IN, line.in(), LibC.POLLIN);
    set(WAKE, wake, LibC.POLLIN);
  }

  private void set(int entry, int descriptor, short events) {
    polled.set(JAVA_INT, entry, descriptor);
    polled.set(JAVA_SHORT, (long) entry + EVENTS, events);
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return line.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    line.write(from);
  }

  @Override
  public int await() throws IOException {
    return poll(FOREVER);
  }

  @Override
  public int look() throws IOException {
    return poll(NOW);
  }

  private int poll(int millis) throws IOException {
    if (!line.enter()) {
      throw new ChannelClosedException(null);
    }
    try {
      // A pipe whose peer is gone is always ready: it is looked at only when that is asked for.
      set(OUT, wantsRoom ? line.out() : IGNORED, LibC.POLLOUT);
      if ((int) POLL.invokeExact(polled, 3L, millis) <= 0) {
        return 0;
      }
      if (found(WAKE)) {
        var _ = (long) READ.invokeExact(wake, count, (long) Long.BYTES);
      }
      return (found(IN) ? READABLE : 0) | (found(OUT) ? WRITABLE : 0);
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws only if its types are wrong", e);
    } finally {
      line.leave();
    }
  }

  private boolean found(int entry) {
    return polled.get(JAVA_SHORT, (long) entry + FOUND) != 0;
  }

  @Override
  public void wakeup() {
    wakeAfter(() -> {});
  }

  /// The descriptors outlive the wake-up, even if `change` closes them.
  private void wakeAfter(Runnable change) {
    if (line.enter()) {
      try {
        change.run();
        var _ = (long) WRITE.invokeExact(wake, ONE, (long) Long.BYTES);
      } catch (Throwable e) {
        throw new AssertionError("a downcall throws only if its types are wrong", e);
      } finally {
        line.leave();
      }
    }
  }

  @Override
  public boolean askForRoom(Runnable resume) {
    wantsRoom = true;
    wakeup();
    return true; // Who closes it looks whether somebody waits.
  }

  @Override
  public void roomFound() {
    wantsRoom = false;
  }

  @Override
  public boolean awaitRoom() throws IOException {
    await(WRITABLE, LOOK_MILLIS);
    return true;
  }

  @Override
  public void await(int what, long millis) throws IOException {
    line.await(what, millis);
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }

  /// Closed first: one that woke before would wait again, and nobody wake it.
  @Override
  public void close() {
    wakeAfter(line::close);
  }
}
