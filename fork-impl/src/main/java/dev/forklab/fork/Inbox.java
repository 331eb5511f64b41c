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
    boolean nothingKept;
    synchronized (lock) {
      takers.add(taker);
      nothingKept = kept.isEmpty();
    }
    if (!nothingKept) {
      turn.post(this::deliverKept);
    }
  }

  private void deliverKept() {
    while (true) {
      Frame head;
      synchronized (lock) {
        head = kept.peek();
      }
      if (head == null) {
        return;
      }
      Frame next = head;
      turn.inline(() -> deliver(next));
      synchronized (lock) {
        kept.remove();
        keptBytes -= next.body().length;
        lock.notifyAll();
      }
    }
  }

  /// A message has come; blocks while too much is kept. For the channel's thread.
  void receive(Frame frame) {
    boolean keptIt;
    synchronized (lock) {
      awaitRoom(frame.body().length);
      keptIt = takers.isEmpty() || !kept.isEmpty();
      if (keptIt) {
        kept.add(frame);
        keptBytes += frame.body().length;
      }
    }
    if (!keptIt) {
      turn.inline(() -> deliver(frame));
    }
  }

  /// Meanwhile the channel's thread still writes, in steps: two ends that both wait must not wait
  /// for each other.
  private void awaitRoom(int bytes) {
    boolean interrupted = false;
    while (!unbounded && keptBytes > 0 && keptBytes + bytes > maxKeptBytes) {
      try {
        lock.wait(WRITE_STEP_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      meanwhile.run();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
