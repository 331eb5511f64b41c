package dev.forklab.fork;

import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one channel on their way to listeners.
///
/// While there is no listener they are kept, as bytes, up to a bound; then no more are read, so
/// that the sender feels it. The first listener gets all that was kept, in order.
final class Inbox {

  private static final long WRITE_STEP_MILLIS = 5;
  private static final String INTERNAL_PREFIX = "NODE_";
  private static final byte[] INTERNAL_MARK = INTERNAL_PREFIX.getBytes(StandardCharsets.US_ASCII);

  /// Takes a message's bytes and decodes them as it wants.
  private interface Taker {
    void take(byte[] body) throws CodecException;
  }

  private final MessageCodec codec;
  private final EventTurn turn;
  private final Consumer<CodecException> onGarbage;
  private final long maxKeptBytes;
  private final Runnable meanwhile;
  private final List<Taker> takers = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  // Guarded by lock.
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
  private long keptBytes;
  private boolean unbounded;

  Inbox(
      MessageCodec codec,
      EventTurn turn,
      long maxKeptBytes,
      Runnable meanwhile,
      Consumer<CodecException> onGarbage) {
    this.meanwhile = meanwhile;
    this.codec = codec;
    this.turn = turn;
    this.maxKeptBytes = maxKeptBytes;
    this.onGarbage = onGarbage;
  }

  void listen(Consumer<@Nullable Object> listener) {
    add(body -> listener.accept(codec.decode(body)));
  }

  <T> void listen(Class<T> type, Consumer<T> listener) {
    add(body -> listener.accept(codec.decode(body, type)));
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
      byte[] body;
      synchronized (lock) {
        body = kept.peek();
      }
      if (body == null) {
        return;
      }
      byte[] next = body;
      turn.inline(() -> deliver(next));
      synchronized (lock) {
        kept.remove();
        keptBytes -= body.length;
        lock.notifyAll();
      }
    }
  }

  /// A message has come; blocks while too much is kept. For the channel's thread.
  void receive(byte[] body) {
    boolean keptIt;
    synchronized (lock) {
      awaitRoom(body.length);
      keptIt = takers.isEmpty() || !kept.isEmpty();
      if (keptIt) {
        kept.add(body);
        keptBytes += body.length;
      }
    }
    if (!keptIt) {
      turn.inline(() -> deliver(body));
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

  private void deliver(byte[] body) {
    try {
      if (isInternal(body)) {
        return;
      }
    } catch (CodecException e) {
      onGarbage.accept(e);
      return;
    }
    for (Taker taker : takers) {
      try {
        taker.take(body);
      } catch (CodecException e) {
        onGarbage.accept(e);
      }
    }
  }

  /// Node's own messages are maps with a `cmd` that begins with `NODE_` and goes on. The bytes are
  /// searched first: nearly no message is decoded twice.
  private boolean isInternal(byte[] body) throws CodecException {
    return codec.mayBeMap(body)
        && contains(body, INTERNAL_MARK)
        && codec.decode(body) instanceof Map<?, ?> map
        && map.get("cmd") instanceof String cmd
        && cmd.startsWith(INTERNAL_PREFIX)
        && cmd.length() > INTERNAL_PREFIX.length();
  }

  private static boolean contains(byte[] body, byte[] mark) {
    int last = body.length - mark.length;
    for (int at = 0; at <= last; at++) {
      if (body[at] == mark[0]
          && java.util.Arrays.equals(body, at, at + mark.length, mark, 0, mark.length)) {
        return true;
      }
    }
    return false;
  }
}
