package dev.forklab.fork.stream;

import dev.forklab.fork.stream.StreamException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The reading end of a stream from the peer. What has arrived is read before its end or failure is
/// met.
final class StreamInput extends InputStream {

  private static final int CREDIT_STEP_BYTES = Streams.WINDOW_BYTES / 2;
  private static final int FIRST_RING_BYTES = 4 << 10;

  private final Streams streams;
  private final long id;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  // What has arrived, in a ring that grows to the window: chunks of one byte take one byte each.
  private byte[] ring = new byte[FIRST_RING_BYTES];
  private int head;
  private int held;
  // Read, but not yet given back to the writer as credit.
  private int unreturned;
  private boolean ended;
  private boolean over;
  private boolean closed;
  private @Nullable StreamException failure;

  StreamInput(Streams streams, long id, String name) {
    this.streams = streams;
    this.id = id;
    this.name = name;
  }

  String name() {
    return name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    streams.waiting.requireAllowed();
    int count;
    int credit = 0;
    boolean finished = false;
    lock.lock();
    try {
      count = awaitBytes() ? take(into, offset, length) : -1;
      finished = count < 0 && finish();
      unreturned += Math.max(0, count);
      if (unreturned >= CREDIT_STEP_BYTES && !ended) {
        credit = unreturned;
        unreturned = 0;
      }
    } catch (StreamException e) {
      finished = finish();
      throw e;
    } finally {
      lock.unlock();
      tell(finished, credit);
    }
    return count;
  }

  private void tell(boolean finished, int credit) {
    if (finished) {
      streams.closed(id);
    } else if (credit > 0) {
      streams.credit(id, credit);
    }
  }

  /// False at the end of the stream.
  private boolean awaitBytes() throws IOException {
    try {
      while (true) {
        if (closed) {
          throw new IOException("the stream '" + name + "' is closed");
        }
        if (held > 0) {
          return true;
        }
        if (failure != null) {
          throw failure.again();
        }
        if (ended) {
          return false;
        }
        streams.waiting.await(lock, changed);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the stream '" + name + "' has no bytes");
    }
  }

  private int take(byte[] into, int offset, int length) {
    int count = Math.min(Math.min(length, held), ring.length - head);
    System.arraycopy(ring, head, into, offset, count);
    head = (head + count) % ring.length;
    held -= count;
    return count;
  }

  private void put(byte[] bytes) {
    if (held + bytes.length > ring.length) {
      grow(held + bytes.length);
    }
    int tail = (head + held) % ring.length;
    int first = Math.min(bytes.length, ring.length - tail);
    System.arraycopy(bytes, 0, ring, tail, first);
    System.arraycopy(bytes, first, ring, 0, bytes.length - first);
    held += bytes.length;
  }

  private void grow(int needed) {
    int size = ring.length;
    while (size < needed) {
      size *= 2;
    }
    byte[] larger = Arrays.copyOf(ring, size);
    int wrapped = Math.max(0, head + held - ring.length);
    System.arraycopy(ring, 0, larger, ring.length, wrapped);
    ring = larger;
  }

  /// Nothing more will be read; true the first time, and then the writer must be told.
  private boolean finish() {
    boolean first = !over;
    over = true;
    return first;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    boolean finished;
    lock.lock();
    try {
      closed = true;
      held = 0;
      ring = new byte[0];
      changed.signalAll();
      finished = finish();
    } finally {
      lock.unlock();
    }
    tell(finished, 0);
  }

  // ---- What the channel says ----

  /// Takes the next bytes; false if they are more than the writer has credit for.
  boolean receive(byte[] bytes) {
    lock.lock();
    try {
      if (ended || (long) held + unreturned + bytes.length > Streams.WINDOW_BYTES) {
        return false;
      }
      if (!over && bytes.length > 0) {
        put(bytes);
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The writer has ended the stream; an empty reason for well.
  void end(String why) {
    if (!why.isEmpty()) {
      fail(
          new StreamException(
              Reason.ABORTED, "the writer gave up the stream '" + name + "': " + why));
      return;
    }
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// No more will come, though the stream has not ended; what has arrived can still be read.
  void fail(StreamException why) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = why;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
