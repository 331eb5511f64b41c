package dev.forklab.fork.channel;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A child's ends of the two pipes that it has inherited, as plain file streams: what a JVM can
/// open without loading a class that it had not loaded anyway. Its first socket takes as long as
/// half of its start.
///
/// Such streams know only calls that block. So:
/// - The waiting thread blocks in the read itself, and keeps what it read for [#read]. Nothing but
///   bytes or the end wakes it.
/// - A write must find room beforehand ([PipeSlots]). A writer that finds none leaves its bytes to
///   the thread `fork-writer`, which may block.
///
/// The inherited descriptors stay open beside these streams, so the peer does not see when they are
/// closed: whoever ends the conversation says so first.
final class StreamWire implements Wire {

  /// As much as the JDK reads without a buffer of its own.
  private static final int FIRST_READ_BYTES = 8 << 10;

  private static final long LOOK_MILLIS = 10;

  private final FileInputStream in;
  private final FileOutputStream out;
  // The reading end of `out`'s own pipe: only asked how many bytes it holds.
  private final FileInputStream probe;
  private final int capacityBytes;
  // Of the holder of the write ownership.
  private final PipeSlots slots;
  // Of the waiting thread: what it has read and not handed on, and whether that is the last.
  private final byte[] bytes = new byte[FIRST_READ_BYTES];
  private final ByteBuffer held = ByteBuffer.wrap(bytes).limit(0);
  private boolean ended;
  // Written by whoever closes, read by all.
  private volatile boolean closed;
  // Written once by whoever first finds no room; a thread asks only whether it is itself.
  private @Nullable Thread writer;
  // Guarded by this: what the writer is to go on with, and whether it is at it.
  private @Nullable Runnable waiting;
  private boolean busy;

  /// @param in the end of the one pipe, as a path
  /// @param out the end of the other
  /// @param capacityBytes how much each of them holds
  StreamWire(String in, String out, int capacityBytes) throws IOException {
    this.in = new FileInputStream(in);
    this.out = new FileOutputStream(out);
    this.probe = new FileInputStream(out);
    this.capacityBytes = capacityBytes;
    this.slots = new PipeSlots(capacityBytes, probe);
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public int await() throws IOException {
    requireOpen();
    if (!held.hasRemaining() && !ended) {
      hold();
    }
    return READABLE;
  }

  private void hold() throws IOException {
    int count = in.read(bytes);
    ended = count < 0;
    held.clear().limit(Math.max(0, count));
  }

  /// Does not see the end, which only the read does.
  @Override
  public int look() throws IOException {
    requireOpen();
    if (!held.hasRemaining() && !ended && in.available() > 0) {
      hold();
    }
    return held.hasRemaining() || ended ? READABLE : 0;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = held.remaining();
    boolean mayBeMore = count == 0 || count == FIRST_READ_BYTES;
    into.put(held);
    if (mayBeMore && into.hasRemaining() && !ended && in.available() > 0) {
      int at = into.arrayOffset() + into.position();
      int more = in.read(into.array(), at, into.remaining());
      ended = more < 0;
      count += Math.max(0, more);
      into.position(into.position() + Math.max(0, more));
    }
    return count == 0 && ended ? -1 : count;
  }

  @Override
  public void wakeup() {
    // Who waits is told by the bytes themselves.
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    boolean mayBlock = Thread.currentThread() == writer;
    int count = mayBlock ? from.remaining() : slots.take(from.remaining());
    if (count > 0) {
      out.write(from.array(), from.arrayOffset() + from.position(), count);
      from.position(from.position() + count);
    }
    if (mayBlock) {
      slots.fill(count);
    }
  }

  @Override
  public synchronized boolean askForRoom(Runnable resume) {
    if (closed) {
      return false;
    }
    waiting = resume;
    busy = true;
    if (writer == null) {
      Thread thread = new Thread(this::goOn, "fork-writer"); // Calls callbacks: a usual stack.
      thread.setDaemon(true);
      writer = thread;
      thread.start();
    }
    notifyAll();
    return true;
  }

  private void goOn() {
    for (Runnable next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    busy = waiting != null;
    notifyAll(); // Those who wait for room may look.
    while (waiting == null && !closed) {
      try {
        wait();
      } catch (InterruptedException _) {
        // A callback may have left it: it means nothing to this thread.
      }
    }
    Runnable next = waiting;
    waiting = null;
    return next;
  }

  @Override
  public void roomFound() {
    // It is never told by [#await].
  }

  @Override
  public boolean awaitRoom() throws IOException {
    await(WRITABLE, LOOK_MILLIS);
    return true;
  }

  /// Only for room: until the writer is at its end with what was left to it.
  @Override
  public synchronized void await(int what, long millis) {
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    for (long left = millis; busy && !closed && left > 0; ) {
      try {
        wait(left);
      } catch (InterruptedException _) {
        interrupted = true;
      }
      left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long heldBytes() {
    return capacityBytes;
  }

  private void requireOpen() throws ChannelClosedException {
    if (closed) {
      throw new ChannelClosedException(null);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try (in;
        out;
        probe) {
      // In whatever state they are.
    }
  }
}
