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
  private static final long READER_CHECK_NANOS = 2_000_000;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final LibC c;
  private final int descriptor;
  // Held while the descriptor is used, at most POLL_MILLIS in a row; it guards `closed` and
  // `ended`.
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
    while (true) {
      int count = readOnce(into, offset, length);
      if (count != 0) {
        return count;
      }
    }
  }

  /// Waits a moment for bytes: their count, -1 at the end, 0 if none came.
  private int readOnce(byte[] into, int offset, int length) throws IOException {
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
      return readPipe(into, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private int readPipe(byte[] into, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      if (ended || !c.awaitReadable(arena, descriptor, POLL_MILLIS)) {
        return ended ? -1 : 0;
      }
      MemorySegment buffer = arena.allocate(Math.min(length, BUFFER_BYTES));
      LibC.Errno read = c.read(descriptor, buffer);
      if (read.result() < 0 && read.errno() != LibC.EINTR) {
        throw new IOException("cannot read a child's output: " + c.describe(read.errno()));
      }
      ended = read.result() == 0;
      if (read.result() > 0) {
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, offset, read.result());
      }
      return ended ? -1 : Math.max(0, read.result());
    }
  }

  /// The child has ended: waits until the pipe is at its end. What nobody reads is taken out of the
  /// pipe here, kept for a late reader as far as a pipe can hold it, and the pipe closed. A pipe
  /// that somebody else holds open is not waited for longer than `patience`.
  void finish(Duration patience) throws IOException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!isAtEnd() && System.nanoTime() < deadlineNanos) {
      if (wanted) {
        LockSupport.parkNanos(READER_CHECK_NANOS);
      } else {
        keep();
      }
    }
    if (!wanted) {
      lock.lock();
      try {
        ended = true;
      } finally {
        lock.unlock();
      }
    }
    if (isAtEnd()) {
      close();
    }
  }

  private void keep() throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    lock.lock();
    try {
      int count = readPipe(bytes, 0, bytes.length);
      int keeping = Math.min(count, MAX_KEPT_BYTES - left.available());
      if (keeping > 0) {
        byte[] both = left.readAllBytes();
        int old = both.length;
        both = Arrays.copyOf(both, old + keeping);
        System.arraycopy(bytes, 0, both, old, keeping);
        left = new ByteArrayInputStream(both);
      }
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
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        c.close(descriptor);
      }
    } finally {
      lock.unlock();
    }
  }
}
