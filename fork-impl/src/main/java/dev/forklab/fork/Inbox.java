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

  /// Takes a message's frame and decodes it as it wants.
  private interface Taker {
    void take(Frame frame) throws CodecException;
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
    add(frame -> listener.accept(messages.decode(frame)));
  }

  <T> void listen(Class<T> type, Consumer<T> listener) {
    add(frame -> listener.accept(messages.decode(frame, type)));
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
        keptBytes -= next.body().length;
        lock.notifyAll();
      }
    }
  }

  /// A message has come; blocks while too much is kept. For the channel's thread.
  void receive(Frame frame) {
    awaitRoom(frame.body().length);
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
      keptBytes += frame.body().length;
      if (heard) {
        turn.post(this::deliverKept);
      }
      return true;
    }
  }

  /// Meanwhile the channel's thread still writes, in steps: two ends that both wait must not wait
  /// for each other. It does so without the lock, which whoever adds a listener needs.
  private void awaitRoom(int bytes) {
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

  private boolean hasRoom(int bytes) {
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
    try {
      if (messages.isInternal(frame)) {
        return;
      }
    } catch (CodecException e) {
      onGarbage.accept(e);
      return;
    }
    for (Taker taker : takers) {
      try {
        taker.take(takers.size() == 1 ? frame : own(frame));
      } catch (CodecException e) {
        onGarbage.accept(e);
      }
    }
  }

  /// Of several listeners each may do with its bytes what it likes.
  private static Frame own(Frame frame) {
    return frame.kind() == FrameKind.BYTES
        ? new Frame(frame.kind(), frame.id(), frame.body().clone())
        : frame;
  }
}
