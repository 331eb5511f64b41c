package dev.forklab.fork;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The messages of one channel on their way to listeners.
///
/// While there is no listener they are kept, not decoded, up to a bound; then no more are read, so
/// that the sender feels it. The first listener gets all that was kept, in order.
final class Inbox {

  private static final long WRITE_STEP_MILLIS = 5;

  /// About what a kept message takes beside its body, in memory.
  private static final int KEPT_FRAME_BYTES = 100;

  /// @param given what the user gave, by which the listener can be taken off
  /// @param type what it is to be bound to; null for maps, lists and scalars
  /// @param once whether it hears one message only
  private record Listener(
      Object given, @Nullable Type type, boolean once, Consumer<@Nullable Object> call) {}

  private final MessageFrames messages;
  private final EventTurn turn;
  private final Consumer<CodecException> onGarbage;
  private final long maxKeptBytes;
  private final Runnable meanwhile;
  private final Runnable onTaken;
  private final Object lock = new Object();
  // Replaced under lock, read by any: whoever has it sees no change.
  private volatile List<Listener> listeners = List.of();
  // Guarded by lock.
  private final ArrayDeque<Frame> kept = new ArrayDeque<>();
  private long keptBytes;
  private boolean unbounded;
  // The last type that was asked for, and whether there has been another: then messages must fit
  // exactly, for good.
  private @Nullable Type type;
  private volatile boolean exact;

  /// @param meanwhile what the channel's thread does while too much is kept
  /// @param onTaken told when a listener has been taken off because it has heard its one message
  Inbox(
      MessageFrames messages,
      EventTurn turn,
      long maxKeptBytes,
      Runnable meanwhile,
      Runnable onTaken,
      Consumer<CodecException> onGarbage) {
    this.meanwhile = meanwhile;
    this.onTaken = onTaken;
    this.messages = messages;
    this.turn = turn;
    this.maxKeptBytes = maxKeptBytes;
    this.onGarbage = onGarbage;
  }

  void listen(boolean once, Consumer<@Nullable Object> listener) {
    add(new Listener(listener, null, once, listener));
  }

  /// @param listener takes objects of that type
  @SuppressWarnings("unchecked")
  <T> void listen(boolean once, Type type, Consumer<T> listener) {
    add(new Listener(listener, type, once, (Consumer<@Nullable Object>) listener));
  }

  private void add(Listener listener) {
    synchronized (lock) {
      List<Listener> more = new ArrayList<>(listeners); // A stream would load forty classes.
      more.add(listener);
      listeners = List.copyOf(more);
      if (listener.type != null) {
        exact |= type != null && !type.equals(listener.type);
        type = listener.type;
      }
      if (listeners.size() == 1) {
        kept.forEach(_ -> turn.post(this::deliverKept));
      }
    }
  }

  void forget(Object given) {
    remove(listener -> listener.given.equals(given));
  }

  private void remove(Predicate<Listener> which) {
    synchronized (lock) {
      listeners = listeners.stream().filter(which.negate()).toList();
    }
  }

  /// Whether messages are listened to.
  boolean isHeard() {
    return !listeners.isEmpty();
  }

  /// Delivers one kept message in its turn. It stays until then, so that none overtakes it; and
  /// longer, if nobody listens any more.
  private void deliverKept() {
    Frame next;
    List<Listener> hearers;
    synchronized (lock) {
      hearers = listeners;
      next = hearers.isEmpty() ? null : kept.peek();
    }
    if (next == null) {
      return;
    }
    try {
      deliver(next, hearers);
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

  /// Unless the last listener has gone meanwhile.
  private void deliver(Frame frame) {
    List<Listener> hearers = listeners;
    while (hearers.isEmpty()) {
      if (keep(frame)) {
        return;
      }
      hearers = listeners;
    }
    deliver(frame, hearers);
  }

  /// Keeps a message that nobody listens to yet, or that has to wait behind others. Each that
  /// somebody listens to is an event of its own: those between them are not delayed.
  private boolean keep(Frame frame) {
    synchronized (lock) {
      boolean heard = !listeners.isEmpty();
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

  /// To each listener as it wants it. Of several types, each hears what fits it exactly.
  private void deliver(Frame frame, List<Listener> hearers) {
    if (isInternal(frame)) {
      return;
    }
    boolean heard = false;
    CodecException unfit = null;
    for (Listener listener : hearers) {
      try {
        Object message = decode(hearers.size() == 1 ? frame : own(frame), listener.type, exact);
        heard = true;
        if (listener.once) {
          take(listener);
        }
        EventTurn.call(() -> listener.call.accept(message));
      } catch (CodecException e) {
        unfit = e;
      }
    }
    if (unfit != null && !(exact && heard)) {
      onGarbage.accept(unfit);
    }
  }

  /// Takes a listener off that hears one message only.
  private void take(Listener listener) {
    remove(listener::equals);
    onTaken.run();
  }

  private boolean isInternal(Frame frame) {
    try {
      return messages.isInternal(frame);
    } catch (CodecException | RuntimeException | Error _) {
      return false; // Who decodes it for a listener meets the same.
    }
  }

  /// Whatever goes wrong in decoding is told, and costs this message only.
  private @Nullable Object decode(Frame frame, @Nullable Type type, boolean exact)
      throws CodecException {
    try {
      return type == null ? messages.decode(frame) : messages.decode(frame, type, exact);
    } catch (RuntimeException | Error e) {
      throw new CodecException("expected a message that can be decoded: " + e, e);
    }
  }

  /// Of several listeners each may do with its bytes what it likes.
  private static Frame own(Frame frame) {
    return frame.kind() == FrameKind.BYTES && !frame.isUnreadable()
        ? new Frame(frame.kind(), frame.id(), frame.body().clone())
        : frame;
  }
}
