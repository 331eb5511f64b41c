package dev.forklab.fork.channel;

import dev.forklab.fork.data.ChannelBounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The bounded queue of frames to be written, and *write ownership*: whoever holds it, and nobody
/// else, writes. A sender that finds it taken only queues: its holder looks again before it lets
/// go.
///
/// A frame whose fate is known is *settled*: its [Written] is told by [#tell], without the
/// ownership, so that one which blocks holds up others that want to be told, but no bytes.
///
/// `lock` guards every field but `copying`, `flushing` and `atMove`, which belong to the ownership;
/// the ownership itself passes from thread to thread under `lock`, which orders their accesses.
final class Outbox {

  private final ChannelBounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> flushing = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> settled = new ArrayDeque<>();
  private @Nullable Outgoing copying;
  private long queuedBytes;
  private long settledBytes;
  private boolean telling;
  // Of the owner: the last frame before a move has been copied.
  private boolean atMove;
  private boolean owned;
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
      long heldBytes = queuedBytes + settledBytes;
      if (heldBytes > 0 && heldBytes + outgoing.bytes() > maxQueuedBytes) {
        throw new QueueFullException(heldBytes, maxQueuedBytes);
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

  /// Takes the ownership if it is free and there is something to write.
  boolean tryOwn() {
    lock.lock();
    try {
      if (!attached || closed || owned || queue.isEmpty()) {
        return false;
      }
      owned = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Fills `buffer` with the next bytes; for the owner. False if there are none, or somebody is to
  /// be told first: then the ownership is released, with the buffer empty, which the caller must
  /// not touch any more.
  boolean fillOrRelease(ByteBuffer buffer) {
    while (true) {
      Outgoing current = copying;
      if (current == null) {
        boolean holdsBytes = buffer.position() > 0;
        current = pollOrRelease(buffer);
        if (current == null) {
          return holdsBytes; // If not, another may hold the ownership and fill the buffer by now.
        }
        copying = current;
      }
      if (!current.copyInto(buffer)) {
        return true;
      }
      copying = null;
      current.written.leaving();
      flushing.add(current);
      if (current.isMove()) {
        atMove = true;
        return true;
      }
    }
  }

  /// Whether the frame was copied last behind which all goes elsewhere; says so once. For the
  /// owner.
  boolean takeMove() {
    boolean taken = atMove;
    atMove = false;
    return taken;
  }

  private @Nullable Outgoing pollOrRelease(ByteBuffer buffer) {
    lock.lock();
    try {
      boolean isDone = queue.isEmpty() || (!settled.isEmpty() && !telling);
      if (isDone && buffer.position() == 0) {
        buffer.limit(0);
        owned = false;
        return null;
      }
      return queue.poll();
    } finally {
      lock.unlock();
    }
  }

  /// The buffer's bytes up to `position` have been written; for the owner.
  void flushedUpTo(int position) {
    lock.lock();
    try {
      Outgoing head = flushing.peek();
      while (head != null && head.endInBuffer() <= position) {
        settle(flushing.remove());
        head = flushing.peek();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Under the lock.
  private void settle(Outgoing outgoing) {
    queuedBytes -= outgoing.bytes();
    settledBytes += outgoing.bytes();
    settled.add(outgoing);
  }

  /// Tells the senders of settled frames, in order, unless another thread is at it. Not with the
  /// ownership.
  void tell() {
    if (beginTelling()) {
      tellSettled();
    }
  }

  /// Takes the telling, so that nobody is told before this thread calls [#tellSettled]. False if
  /// another thread has it.
  boolean beginTelling() {
    lock.lock();
    try {
      boolean free = !telling;
      telling = true;
      return free;
    } finally {
      lock.unlock();
    }
  }

  /// Tells, and lets go of the telling.
  void tellSettled() {
    Outgoing next = pollSettled();
    while (next != null) {
      next.tell();
      next = pollSettled();
    }
  }

  private @Nullable Outgoing pollSettled() {
    lock.lock();
    try {
      Outgoing next = settled.poll();
      if (next == null) {
        telling = false;
      } else {
        settledBytes -= next.bytes();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be written: what waits fails, and the ownership is released. For the
  /// ownership's holder after a failed write; [#tell] must follow.
  void failHeld(IOException cause) {
    lock.lock();
    try {
      failAll(flushing, cause);
      Outgoing current = copying;
      if (current != null) {
        copying = null;
        fail(current, cause);
      }
      closeQueue(cause);
      owned = false;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will be taken. What the owner is writing is its own to fail. [#tell] must follow.
  void close(@Nullable IOException cause) {
    lock.lock();
    try {
      closeQueue(cause);
    } finally {
      lock.unlock();
    }
  }

  private void closeQueue(@Nullable IOException cause) {
    if (!closed) {
      closed = true;
      failure = cause;
    }
    failAll(queue, cause);
  }

  private void failAll(ArrayDeque<Outgoing> lost, @Nullable IOException cause) {
    lost.forEach(outgoing -> fail(outgoing, cause));
    lost.clear();
  }

  private void fail(Outgoing outgoing, @Nullable IOException cause) {
    outgoing.fail(new ChannelClosedException(cause));
    settle(outgoing);
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
      return !owned && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
