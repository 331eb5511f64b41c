package dev.forklab.fork;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The order in which the listeners of one child (or of the parent, in the child) are called: one
/// at a time, never two at once.
///
/// Messages are handed to listeners on the channel's own thread ([#inline]), for a hand-over costs
/// more than a small message. All other events are queued ([#post]) and delivered, by [Rank] and
/// then in order, by a thread that lives while there are any; so whoever causes an event never runs
/// listeners itself. It is a platform thread, since virtual ones wait while others keep the CPUs
/// busy, and not a daemon, so that the JVM does not end before its listeners have heard. A listener
/// that throws is reported to its thread's handler of uncaught exceptions; the events behind it are
/// delivered all the same.
final class EventTurn {

  /// Which goes before which of the events that wait.
  enum Rank {
    /// Before everything else, also before a message.
    FIRST,
    /// In the order posted.
    USUAL,
    /// When nothing else waits.
    LAST
  }

  private final String name;
  // Held while a listener runs. Fair, so that an exit is not starved by a stream of messages.
  private final ReentrantLock turn = new ReentrantLock(true);
  // Taken after the turn, if both are.
  private final Object queueLock = new Object();
  private final Map<Rank, Queue<Runnable>> queues = new EnumMap<>(Rank.class);
  private boolean delivering;

  EventTurn(String name) {
    this.name = name;
    for (Rank rank : Rank.values()) {
      queues.put(rank, new ArrayDeque<>());
    }
  }

  /// Delivers on this thread, when it is its turn, after what comes first.
  void inline(Runnable event) {
    turn.lock();
    try {
      Runnable first;
      while ((first = poll(Rank.FIRST)) != null) {
        call(first);
      }
      call(event);
    } finally {
      turn.unlock();
    }
  }

  /// Calls a listener. What it throws is reported, and its interrupt is not left to the next.
  static void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      report(e);
    } finally {
      var _ = Thread.interrupted();
    }
  }

  /// Whether the calling thread is in a listener.
  boolean isMine() {
    return turn.isHeldByCurrentThread();
  }

  /// Delivers on another thread, after what was posted before.
  void post(Runnable event) {
    post(Rank.USUAL, event);
  }

  /// Delivers on another thread, after what was posted before of this rank or a higher one.
  void post(Rank rank, Runnable event) {
    synchronized (queueLock) {
      queue(rank).add(event);
      if (delivering) {
        return;
      }
      delivering = true;
    }
    try {
      Thread.ofPlatform()
          .name("fork-events " + name)
          .daemon(false)
          .inheritInheritableThreadLocals(false)
          .start(this::deliver);
    } catch (OutOfMemoryError _) {
      deliver(); // The system has no more threads to give: on this one rather than never.
    }
  }

  private Queue<Runnable> queue(Rank rank) {
    return java.util.Objects.requireNonNull(queues.get(rank));
  }

  private @Nullable Runnable poll(Rank rank) {
    synchronized (queueLock) {
      return queue(rank).poll();
    }
  }

  private void deliver() {
    while (deliverNext()) {
      // Whoever waits for its turn gets it in between.
    }
  }

  /// Takes the event only when it is its turn: until then one of a higher rank may come.
  private boolean deliverNext() {
    turn.lock();
    try {
      Runnable next = next();
      if (next == null) {
        return false;
      }
      call(next);
      return true;
    } finally {
      turn.unlock();
    }
  }

  private @Nullable Runnable next() {
    synchronized (queueLock) {
      for (Queue<Runnable> queue : queues.values()) {
        Runnable next = queue.poll();
        if (next != null) {
          return next;
        }
      }
      delivering = false;
      queueLock.notifyAll();
      return null;
    }
  }

  /// Blocks until the listener that runs has returned, and all that was posted has been delivered.
  /// Not for listeners.
  void awaitIdle() throws InterruptedException {
    turn.lockInterruptibly();
    turn.unlock();
    synchronized (queueLock) {
      while (delivering) {
        queueLock.wait();
      }
    }
  }

  /// Tells the thread's handler of uncaught exceptions what a listener or a callback threw.
  static void report(Throwable thrown) {
    Thread current = Thread.currentThread();
    try {
      current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
    } catch (RuntimeException | Error _) {
      // What such a handler throws is ignored, as the JVM does.
    }
  }
}
