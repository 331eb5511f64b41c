package dev.forklab.fork;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one channel on their way to listeners.
///
/// While there is no listener they are kept, not decoded, up to a bound; then no more are read, so
/// that the sender feels it. The first listener gets all that was kept, in order.
final class Inbox {

  private static final long WRITE_STEP_MILLIS = 5;

  /// About what a kept message takes beside its body, in memory.
  private static final int KEPT_FRAME_BYTES = 100;

  /// Decodes a message's frame as its listener wants it; what is returned hands it on.
  private interface Taker {
    Runnable take(Frame frame) throws CodecException;
  }

  private final Messages messages;
  private final EventTurn turn;
  private final Consumer<CodecException> onGarbage;
  private final long maxKeptBytes;
  private final Runnable meanwhile;
  private final List<Taker> takers = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  // Guarded by lock.
  private final ArrayDeque<Frame> kept = new ArrayDeque<>();
  private long keptBytes;
  private boolean unbounded;

  Inbox(
      Messages messages,
      EventTurn turn,
      long maxKeptBytes,
      Runnable meanwhile,
      Consumer<CodecException> onGarbage) {
    this.meanwhile = meanwhile;
    this.messages = messages;
    this.turn = turn;
    this.maxKeptBytes = maxKeptBytes;
    this.onGarbage = onGarbage;
  }

  void listen(Consumer<@Nullable Object> listener) {
    add(frame -> {
      Object message = messages.decode(frame);
      return () -> listener.accept(message);
    });
  }

  <T> void listen(Class<T> type, Consumer<T> listener) {
    add(frame -> {
      T message = messages.decode(frame, type);
      return () -> listener.accept(message);
    });
  }

  private void add(Taker taker) {
    synchronized (lock) {
      takers.add(taker);
      if (takers.size() == 1) {
        kept.forEach(_ -> turn.post(this::deliverKept));
      }
    }
  }

  /// Delivers one kept message in its turn. It stays until then, so that none overtakes it.
  private void deliverKept() {
    Frame next;
    synchronized (lock) {
      next = kept.element();
    }
    try {
      deliver(next);
    } finally {
      synchronized (lock) {
        kept.remove();
        keptBytes -= bytesOf(next);
        lock.notifyAll();
      }
    }
  }

  /// A message has come; blocks while too much is kept. For the channel's thread.
  void receive(Frame frame) {
    awaitRoom(bytesOf(frame));
    if (!keep(frame)) {
      turn.inline(() -> deliver(frame));
    }
  }

  /// Keeps a message that nobody listens to yet, or that has to wait behind others. Each that
  /// somebody listens to is an event of its own: those between them are not delayed.
  private boolean keep(Frame frame) {
    synchronized (lock) {
      boolean heard = !takers.isEmpty();
      if (heard && kept.isEmpty()) {
        return false;
      }
      kept.add(frame);
      keptBytes += bytesOf(frame);
      if (heard) {
        turn.post(this::deliverKept);
      }
      return true;
    }
  }

  /// Meanwhile the channel's thread still writes, in steps: two ends that both wait must not wait
  /// for each other. It does so without the lock, which whoever adds a listener needs.
  private void awaitRoom(long bytes) {
    boolean interrupted = false;
    while (!hasRoom(bytes)) {
      synchronized (lock) {
        try {
          if (!hasRoom(bytes)) {
            lock.wait(WRITE_STEP_MILLIS);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      meanwhile.run();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long bytesOf(Frame frame) {
    return (long) frame.body().length + KEPT_FRAME_BYTES;
  }

  private boolean hasRoom(long bytes) {
    synchronized (lock) {
      return unbounded || keptBytes == 0 || keptBytes + bytes <= maxKeptBytes;
    }
  }

  /// The peer has ended: what it left in the socket, which is little, is kept whatever the bound.
  void peerIsGone() {
    synchronized (lock) {
      unbounded = true;
      lock.notifyAll();
    }
  }

  private void deliver(Frame frame) {
    if (decode(() -> messages.isInternal(frame), true)) {
      return;
    }
    for (Taker taker : takers) {
      EventTurn.call(decode(() -> taker.take(takers.size() == 1 ? frame : own(frame)), () -> {}));
    }
  }

  private interface Decoding<T> {
    T decode() throws CodecException;
  }

  /// Whatever goes wrong in decoding is told, and costs this message only.
  private <T> T decode(Decoding<T> decoding, T otherwise) {
    try {
      return decoding.decode();
    } catch (CodecException e) {
      onGarbage.accept(e);
    } catch (RuntimeException | Error e) {
      onGarbage.accept(new CodecException("expected a message that can be decoded: " + e, e));
    }
    return otherwise;
  }

  /// Of several listeners each may do with its bytes what it likes.
  private static Frame own(Frame frame) {
    return frame.kind() == FrameKind.BYTES && !frame.isUnreadable()
        ? new Frame(frame.kind(), frame.id(), frame.body().clone())
        : frame;
  }
}
