package dev.forklab.fork.channel;

import dev.forklab.fork.channel.MessageClock.Part;
import dev.forklab.fork.data.ChannelBounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The writing half of a channel: brings what waits in the [Outbox] to the [Wire], on the thread of
/// whoever sends. Whoever finds the wire full *parks* the write ownership; the loop thread, or one
/// of the wire's, takes it when there is room.
///
/// Safe for use by many threads.
final class FrameWriter {

  private static final long FLUSH_POLL_MILLIS = 10;

  /// As that of the reading half, it grows.
  private static final int FIRST_BUFFER_BYTES = 8 << 10;

  private static final int BUFFER_BYTES = 128 << 10;
  private static final int GROWTH = 4;

  /// As much as is written at once.
  private static final int MOST_CORKED_BYTES = BUFFER_BYTES / 2;

  private final ChannelBounds bounds;
  private final MessageClock clock;
  private final Outbox outbox;
  // Of the holder of the outbox's write ownership. Between fills it holds what the wire has not
  // taken.
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  // Written once by attach, before the outbox says so under its lock.
  private volatile @Nullable Wire wire;
  // Written before the frame behind which it is gone to is added; read by the owner.
  private volatile @Nullable Wire next;
  // Written by the owner.
  private volatile long largeBytes;
  // Set by the owner when the wire is full; whoever clears it holds the ownership.
  private final AtomicBoolean parked = new AtomicBoolean();
  private volatile boolean closed;

  FrameWriter(ChannelBounds bounds, MessageClock clock) {
    this.bounds = bounds;
    this.clock = clock;
    this.outbox = new Outbox(bounds);
  }

  /// Writes what waits, to this wire from now on.
  void attach(Wire to) throws IOException {
    use(to);
    if (closed) {
      close();
      throw new ClosedChannelException();
    }
    outbox.attach();
    pump();
  }

  private void use(Wire to) {
    buffer = to.newBuffer(FIRST_BUFFER_BYTES).limit(0);
    wire = to;
  }

  void add(Frame frame, Written written) throws IOException {
    outbox.add(new Outgoing(frame, written));
  }

  void addReserved(Frame frame, Written written) throws IOException {
    outbox.addReserved(new Outgoing(frame, written));
  }

  long queuedBytes() {
    return outbox.queuedBytes();
  }

  /// Writes what waits, and `last`, as before; what comes behind it goes to another wire.
  ///
  /// @param moved told when the other wire is in use
  void move(Frame last, Wire to, Written moved) throws IOException {
    next = to;
    addReserved(last, moved);
    pump();
  }

  /// How many bytes were written in large pieces.
  long largeBytes() {
    return largeBytes;
  }

  /// Whether what waits is little enough for more to be sent.
  boolean hasRoom() {
    return outbox.queuedBytes() <= bounds.highWaterBytes();
  }

  /// Whether what waits is little enough to wait for more.
  boolean mayWait() {
    return outbox.queuedBytes() < MOST_CORKED_BYTES;
  }

  /// Writes what waits, unless another thread is at it.
  void pump() {
    write(outbox.tryOwn());
  }

  private void write(boolean owned) {
    boolean mine = owned;
    while (mine) {
      boolean released = writeOwned();
      outbox.tell();
      mine = released && outbox.tryOwn();
    }
  }

  /// Writes until the buffer and the queue are empty or a sender is to be told (true: the ownership
  /// is released), or the wire is full (false: the ownership is left to whoever goes on).
  private boolean writeOwned() {
    long begun = clock.begin();
    try {
      while (true) {
        if (!buffer.hasRemaining() && outbox.takeMove()) {
          moveOn();
        }
        Wire to = attached();
        if (!buffer.hasRemaining() && !refill(to)) {
          return true;
        }
        int from = buffer.position();
        to.write(buffer);
        count(buffer.position() - from);
        outbox.flushedUpTo(buffer.position());
        if (buffer.hasRemaining()) {
          park(to);
          return false;
        }
      }
    } catch (IOException e) {
      outbox.failHeld(e);
      return true;
    } finally {
      clock.end(Part.WRITE, begun);
    }
  }

  private void count(int bytes) {
    if (bytes >= SocketMove.LARGE_BYTES) {
      long carried = largeBytes + bytes; // Nobody else writes it.
      largeBytes = carried;
    }
  }

  private void moveOn() throws IOException {
    Wire to = next;
    if (to != null) {
      use(to);
    }
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private boolean refill(Wire to) {
    int bytes = buffer.capacity();
    if (buffer.limit() == bytes && bytes < BUFFER_BYTES) {
      buffer = to.newBuffer(bytes * GROWTH);
    }
    buffer.clear();
    if (!outbox.fillOrRelease(buffer)) {
      return false; // The ownership is released, and the buffer with it: another may fill it by
      // now.
    }
    buffer.flip();
    return true;
  }

  /// Leaves the ownership to whoever goes on, or, if the channel is being closed, to whoever comes
  /// first.
  private void park(Wire to) {
    parked.set(true);
    if (closed || !to.askForRoom(this::resume)) {
      failParked();
    }
  }

  private void failParked() {
    if (takeParked()) {
      outbox.failHeld(new ClosedChannelException());
    }
  }

  /// Goes on with what a full wire interrupted, if it has room now, and with what else waits.
  void resume() {
    write(takeParked() || outbox.tryOwn());
  }

  private boolean takeParked() {
    return parked.compareAndSet(true, false);
  }

  /// Blocks until everything sent so far has been written. For the loop thread, which reads nothing
  /// meanwhile.
  void flush() throws IOException {
    pump();
    while (!outbox.isIdle()) {
      if (attached().awaitRoom()) {
        resume();
      }
    }
  }

  /// The same from any thread, beside a loop thread that may be busy. Gives up after `patience`.
  /// The senders are told at the end: one that never comes back holds nothing up.
  ///
  /// @throws ChannelClosedException if the channel is closed
  void flush(Duration patience) throws IOException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    boolean tells = outbox.beginTelling();
    try {
      Wire _ = attached();
      while (outbox.queuedBytes() > 0 && System.nanoTime() < deadlineNanos) {
        outbox.requireOpen();
        attached().await(Duplex.WRITABLE, FLUSH_POLL_MILLIS);
        write(takeParked() || outbox.tryOwn());
      }
    } finally {
      if (tells) {
        outbox.tellSettled();
      }
    }
  }

  /// Closes the wire, if any; frames that wait fail.
  void close() {
    closed = true;
    outbox.close(null);
    Wire current = wire;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // Closing what fails to close leaves nothing more to do: its descriptor is gone.
        outbox.close(e);
      }
    }
    failParked();
    outbox.tell();
  }

  private Wire attached() {
    Wire current = wire;
    if (current == null) {
      throw new IllegalStateException("expected a channel with a wire, found none attached yet");
    }
    return current;
  }
}
