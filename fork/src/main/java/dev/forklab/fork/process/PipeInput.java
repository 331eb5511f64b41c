package dev.forklab.fork.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The reading end of a pipe that a child writes to. Unlike a [java.io.FileInputStream] it can be
/// closed while another thread waits in it, and told to come to an end when a grandchild holds the
/// pipe open.
final class PipeInput extends InputStream {

  private static final int POLL_MILLIS = 50;
  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final long MAX_PAUSE_NANOS = 20_000_000;
  private static final long READER_CHECK_NANOS = 2_000_000;
  private static final int BUFFER_BYTES = 64 << 10;

  /// The most that Linux lets a pipe hold of whoever is not root.
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final LibC c;
  private final int descriptor;
  // Held while the descriptor is used, at most POLL_MILLIS in a row; it guards `closed`, `left`
  // and `ended`.
  private final ReentrantLock lock = new ReentrantLock(true);
  private boolean closed;
  private ByteArrayInputStream left = new ByteArrayInputStream(new byte[0]);
  private boolean ended;
  // Written by readers, read by `finish`.
  private volatile boolean wanted;

  PipeInput(LibC c, int descriptor) {
    this.c = c;
    this.descriptor = descriptor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    wanted = true;
    if (length == 0) {
      return 0;
    }
    return Thread.currentThread().isVirtual()
        ? readParking(into, offset, length)
        : readPolling(into, offset, length);
  }

  private int readPolling(byte[] into, int offset, int length) throws IOException {
    int count;
    do {
      count = readOnce(into, offset, length, POLL_MILLIS);
    } while (count == 0);
    return count;
  }

  /// For a virtual thread, which would take its carrier from all others while it is in a call of C.
  private int readParking(byte[] into, int offset, int length) throws IOException {
    boolean interrupted = false;
    long pauseNanos = FIRST_PAUSE_NANOS;
    try {
      int count = readOnce(into, offset, length, 0);
      while (count == 0) {
        LockSupport.parkNanos(pauseNanos);
        interrupted |= Thread.interrupted(); // Else it would not park again.
        pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
        count = readOnce(into, offset, length, 0);
      }
      return count;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits a moment for bytes: their count, -1 at the end, 0 if none came.
  private int readOnce(byte[] into, int offset, int length, int millis) throws IOException {
    lock.lock();
    try {
      int saved = left.read(into, offset, length);
      if (saved > 0) {
        return saved;
      }
      if (closed) {
        if (ended) {
          return -1;
        }
        throw new IOException("the stream is closed");
      }
      return readPipe(into, offset, length, millis);
    } finally {
      lock.unlock();
    }
  }

  private int readPipe(byte[] into, int offset, int length, int millis) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      if (ended || !c.awaitReadable(arena, descriptor, millis)) {
        return ended ? -1 : 0;
      }
      MemorySegment buffer = arena.allocate(Math.min(length, BUFFER_BYTES));
      LibC.Errno read = c.read(descriptor, buffer);
      if (read.result() < 0 && read.errno() != LibC.EINTR) {
        throw new IOException("cannot read a child's output: " + c.describe(read.errno()));
      }
      ended = read.result() == 0;
      if (ended) {
        release();
      }
      if (read.result() > 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, offset, read.result());
      }
      return ended ? -1 : Math.max(0, read.result());
    }
  }

  /// The child has ended: takes what it wrote out of the pipe, as much as a pipe can hold, and
  /// keeps it for its reader; then waits until the pipe is at its end, and closes it. One that
  /// somebody else holds open is not waited for longer than `patience`; then it is left to its
  /// reader, if it has one.
  void finish(Duration patience) throws IOException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    keepWhatIsThere();
    while (!isAtEnd() && System.nanoTime() < deadlineNanos) {
      if (keep(POLL_MILLIS) == 0 && wanted) {
        LockSupport.parkNanos(READER_CHECK_NANOS);
      }
    }
    lock.lock();
    try {
      if (!wanted) {
        ended = true;
        release();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the reader, if there is one, has taken what was kept for it; no longer than
  /// `patience` after it has last taken some.
  void awaitReader(Duration patience) {
    long takenNanos = System.nanoTime();
    int before = keptBytes();
    while (wanted && before > 0 && System.nanoTime() - takenNanos < patience.toNanos()) {
      LockSupport.parkNanos(READER_CHECK_NANOS);
      int now = keptBytes();
      if (now < before) {
        takenNanos = System.nanoTime();
      }
      before = now;
    }
  }

  private void keepWhatIsThere() throws IOException {
    int kept = 0;
    int count;
    do {
      count = keep(0);
      kept += count;
    } while (count > 0 && kept < MAX_KEPT_BYTES);
  }

  /// Keeps what comes within the given number of milliseconds: how many bytes came, -1 at the end.
  /// What a reader has no room for stays in the pipe; what nobody has wanted so far is dropped.
  private int keep(int millis) throws IOException {
    lock.lock();
    try {
      int room = MAX_KEPT_BYTES - left.available();
      if (closed || (wanted && room == 0)) {
        return 0;
      }
      byte[] bytes = new byte[wanted ? Math.min(room, BUFFER_BYTES) : BUFFER_BYTES];
      int count = readPipe(bytes, 0, bytes.length, millis);
      int keeping = Math.min(count, room);
      if (keeping > 0) {
        byte[] both = left.readAllBytes();
        int old = both.length;
        both = Arrays.copyOf(both, old + keeping);
        System.arraycopy(bytes, 0, both, old, keeping);
        left = new ByteArrayInputStream(both);
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  private int keptBytes() {
    lock.lock();
    try {
      return left.available();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAtEnd() {
    lock.lock();
    try {
      return ended || closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      left = new ByteArrayInputStream(new byte[0]);
      release();
    } finally {
      lock.unlock();
    }
  }

  /// Closes the descriptor; under the lock. What was kept can still be read.
  private void release() {
    if (!closed) {
      closed = true;
      c.close(descriptor);
    }
  }
}
