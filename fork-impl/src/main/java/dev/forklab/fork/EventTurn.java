package dev.forklab.fork;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/// The order in which the listeners of one child (or of the parent, in the child) are called: one
/// at a time, never two at once.
///
/// Messages are handed to listeners on the channel's own thread ([#inline]), for a hand-over costs
/// more than a small message. All other events are queued ([#post]) and delivered in order by a
/// virtual thread, which lives while there are any; so whoever causes an event never runs listeners
/// itself. A listener that throws is reported to its thread's handler of uncaught exceptions; the
/// events behind it are delivered all the same.
final class EventTurn {

  private final String name;
  // Held while a listener runs. Fair, so that an exit is not starved by a stream of messages.
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Object queueLock = new Object();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private boolean delivering;

  EventTurn(String name) {
    this.name = name;
  }

  /// Delivers on this thread, when it is its turn.
  void inline(Runnable event) {
    turn.lock();
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      report(e);
    } finally {
      turn.unlock();
    }
  }

  /// Whether the calling thread is in a listener.
  boolean isMine() {
    return turn.isHeldByCurrentThread();
  }

  /// Delivers on another thread, after what was posted before.
  void post(Runnable event) {
    synchronized (queueLock) {
      queue.add(event);
      if (delivering) {
        return;
      }
      delivering = true;
    }
    Thread.ofVirtual().name("fork-events " + name).start(this::deliver);
  }

  private void deliver() {
    while (true) {
      Runnable next;
      synchronized (queueLock) {
        next = queue.poll();
        if (next == null) {
          delivering = false;
          queueLock.notifyAll();
          return;
        }
      }
      inline(next);
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
