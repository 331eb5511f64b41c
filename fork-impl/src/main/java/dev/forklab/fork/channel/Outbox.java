package dev.forklab.fork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The bounded queue of frames to be written, and the *claim*: whoever holds it, and nobody else,
/// writes. A sender that finds the claim taken only queues: its holder looks again before it lets
/// go.
///
/// `lock` guards every field but `copying` and `flushing`, which belong to the claim; the claim
/// itself passes from thread to thread under `lock`, which orders their accesses.
final class Outbox {

  private final ChannelBounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> flushing = new ArrayDeque<>();
  private @Nullable Outgoing copying;
  private long queuedBytes;
  private boolean claimed;
  private boolean attached;
  private boolean closed;
  private @Nullable IOException failure;

  Outbox(ChannelBounds bounds) {
    this.bounds = bounds;
  }

  /// Takes a frame.
  void add(Outgoing outgoing) throws IOException {
    add(outgoing, bounds.maxQueuedBytes());
  }

  /// Takes a frame whatever waits.
  void addReserved(Outgoing outgoing) throws IOException {
    add(outgoing, Long.MAX_VALUE);
  }

  private void add(Outgoing outgoing, long maxQueuedBytes) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new ChannelClosedException(failure);
      }
      if (queuedBytes > 0 && queuedBytes + outgoing.bytes() > maxQueuedBytes) {
        throw new QueueFullException(queuedBytes, maxQueuedBytes);
      }
      queue.add(outgoing);
      queuedBytes += outgoing.bytes();
    } finally {
      lock.unlock();
    }
  }

  /// Writing may begin: there is a socket.
  void attach() {
    lock.lock();
    try {
      attached = true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes the claim if it is free and there is something to write.
  boolean tryClaim() {
    lock.lock();
    try {
      if (!attached || closed || claimed || queue.isEmpty()) {
        return false;
      }
      claimed = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Fills `buffer` with the next bytes; for the claim's holder. False if there are none: then the
  /// claim is released, with the buffer empty, which the caller must not touch any more.
  boolean fillOrRelease(ByteBuffer buffer) {
    while (true) {
      Outgoing current = copying;
      if (current == null) {
        boolean holdsBytes = buffer.position() > 0;
        current = pollOrRelease(buffer);
        if (current == null) {
          return holdsBytes; // If not, another may hold the claim and fill the buffer by now.
        }
        copying = current;
      }
      if (!current.copyInto(buffer)) {
        return true;
      }
      copying = null;
      current.written.leaving();
      flushing.add(current);
    }
  }

  private @Nullable Outgoing pollOrRelease(ByteBuffer buffer) {
    lock.lock();
    try {
      Outgoing next = queue.poll();
      if (next == null && buffer.position() == 0) {
        buffer.limit(0);
        claimed = false;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// The buffer's bytes up to `position` have been written; for the claim's holder.
  void flushedUpTo(int position) {
    Outgoing head = flushing.peek();
    while (head != null && head.endInBuffer() <= position) {
      flushing.remove();
      release(head.bytes());
      head.written.done(null);
      head = flushing.peek();
    }
  }

  private void release(long bytes) {
    lock.lock();
    try {
      queuedBytes -= bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be written: what waits fails. For the claim's holder after a failed write.
  void failHeld(IOException cause) {
    List<Outgoing> lost = new ArrayList<>(flushing);
    flushing.clear();
    Outgoing current = copying;
    if (current != null) {
      lost.add(current);
      copying = null;
    }
    lost.addAll(closeQueue(cause));
    releaseClaim();
    for (Outgoing outgoing : lost) {
      outgoing.written.done(new ChannelClosedException(cause));
    }
  }

  private void releaseClaim() {
    lock.lock();
    try {
      claimed = false;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be taken. What the claim's holder is writing is its own to fail.
  void close(@Nullable IOException cause) {
    for (Outgoing outgoing : closeQueue(cause)) {
      outgoing.written.done(new ChannelClosedException(cause));
    }
  }

  private List<Outgoing> closeQueue(@Nullable IOException cause) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        failure = cause;
      }
      List<Outgoing> lost = List.copyOf(queue);
      queue.clear();
      return lost;
    } finally {
      lock.unlock();
    }
  }

  long queuedBytes() {
    lock.lock();
    try {
      return queuedBytes;
    } finally {
      lock.unlock();
    }
  }

  /// Throws if it is closed: then what waits is not written.
  void requireOpen() throws ChannelClosedException {
    lock.lock();
    try {
      if (closed) {
        throw new ChannelClosedException(failure);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing waits and nobody writes.
  ///
  /// @throws ChannelClosedException if it is closed: what waited was lost
  boolean isIdle() throws ChannelClosedException {
    lock.lock();
    try {
      if (closed) {
        throw new ChannelClosedException(failure);
      }
      return !claimed && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
