package dev.forklab.fork.stream;

import dev.forklab.fork.stream.StreamException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The writing end of a stream to the peer.
///
/// A write blocks while the reader is slow ([dev.forklab.fork.stream]), and throws a
/// [StreamException] once the stream can no longer be written. Where it would have to wait in a
/// listener, which holds up the channel that it waits for, it throws an [IllegalStateException].
/// Bytes travel in chunks of 64 KiB, or of the frame bound if that is less; [#flush] sends what
/// there is. [#close] ends the stream well: whoever stops in the middle calls [#abort] before, or
/// the reader takes what it has for all there is.
///
/// One thread writes at a time; [#abort] may be called by any.
public final class StreamOutput extends OutputStream {

  // Enough that the socket is not idle while the writer fills the next.
  private static final int MAX_UNWRITTEN_CHUNKS = 2;

  private final Streams streams;
  private final long id;
  private final String name;
  // Of the writing thread.
  private byte[] chunk;
  private int filled;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private int credit = Streams.WINDOW_BYTES;
  private int unwrittenChunks;
  private boolean ended;
  private @Nullable StreamException failure;

  StreamOutput(Streams streams, long id, String name) {
    this.streams = streams;
    this.id = id;
    this.name = name;
    this.chunk = new byte[streams.chunkBytes()];
  }

  /// What the stream was opened as.
  public String name() {
    return name;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      int count = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, count);
      filled += count;
      from += count;
      left -= count;
      if (filled == chunk.length) {
        flush();
      }
    }
  }

  /// Sends what has been written so far. Blocks while the reader is slow. Interrupted, it has sent
  /// a part, and the next flush sends the rest.
  @Override
  public void flush() throws IOException {
    int from = 0;
    try {
      while (from < filled) {
        int count = awaitRoom(filled - from);
        boolean whole = count == chunk.length;
        streams.data(this, whole ? chunk : Arrays.copyOfRange(chunk, from, from + count));
        if (whole) {
          chunk = new byte[chunk.length]; // A frame's bytes are not changed afterwards.
        }
        from += count;
      }
    } finally {
      filled -= from;
      System.arraycopy(chunk, from, chunk, 0, filled);
    }
  }

  private void requireOpen() throws IOException {
    lock.lock();
    try {
      throwIfOver();
    } finally {
      lock.unlock();
    }
  }

  /// How many of so many bytes may be sent now; at least one, and those are spent.
  private int awaitRoom(int wanted) throws IOException {
    lock.lock();
    try {
      throwIfOver();
      while (credit == 0 || unwrittenChunks >= MAX_UNWRITTEN_CHUNKS) {
        streams.waiting.requireAllowed();
        streams.waiting.await(lock, changed);
        throwIfOver();
      }
      int count = Math.min(wanted, credit);
      credit -= count;
      unwrittenChunks++;
      return count;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the stream '" + name + "' has no room");
    } finally {
      lock.unlock();
    }
  }

  private void throwIfOver() throws IOException {
    if (failure != null) {
      throw failure.again();
    }
    if (ended) {
      throw new IOException("the stream '" + name + "' is closed");
    }
  }

  /// Gives the stream up: the reader gets what was sent before, then a [StreamException] with this
  /// reason. After the end it does nothing.
  ///
  /// @param why in words, for the reader
  public void abort(String why) {
    if (fail(
        new StreamException(Reason.ABORTED, "the stream '" + name + "' was given up: " + why))) {
      streams.ended(this, why.isEmpty() ? "no reason given" : why);
    }
  }

  /// Sends what is left, and ends the stream; if that cannot be sent, gives the stream up, so that
  /// the reader does not take a part for all. Does nothing the second time, or after an abort.
  ///
  /// @throws StreamException if not all that was written could be sent
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (ended || (failure != null && failure.reason() == Reason.ABORTED)) {
        return;
      }
    } finally {
      lock.unlock();
    }
    try {
      flush();
    } catch (IOException | RuntimeException | Error e) {
      abort("its last bytes were not sent: " + e.getMessage());
      throw e;
    } finally {
      end();
    }
  }

  private void end() {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
      if (failure != null) {
        return;
      }
    } finally {
      lock.unlock();
    }
    streams.ended(this, "");
  }

  // ---- What the channel says ----

  long id() {
    return id;
  }

  void credit(int bytes) {
    lock.lock();
    try {
      credit = Math.clamp((long) credit + bytes, credit, Streams.WINDOW_BYTES);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void written() {
    lock.lock();
    try {
      unwrittenChunks--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends it badly, unless it has ended; whether it did so now.
  boolean fail(StreamException why) {
    lock.lock();
    try {
      if (ended || failure != null) {
        return false;
      }
      failure = why;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
