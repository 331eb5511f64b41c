package dev.forklab.fork.channel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Writes what a channel has corked, should the listener that corked it take long.
///
/// A loop thread that hands on a burst of frames corks its channel ([FrameChannel#sendSoon]): what
/// listeners send meanwhile is written together at the burst's end. One that blocks amid a burst,
/// for something that the peer will only do when it has that message, would wait for ever. So while
/// channels are being corked, one daemon thread of the JVM looks every millisecond at those that
/// were; when none has been for a hundred looks, it ends.
///
/// Safe for use by many threads.
final class Uncorker {

  static final Uncorker OF_THIS_JVM = new Uncorker();

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int LOOKS_IN_VAIN = 100;
  private static final long STACK_BYTES = 128 << 10;

  private final Set<Cork> watched = ConcurrentHashMap.newKeySet();
  // Guarded by this: there is one while channels are watched.
  private boolean running;

  private Uncorker() {}

  /// Looks after `cork` from now on, until it has long been out.
  void watch(Cork cork) {
    watched.add(cork);
    startUnlessRunning();
  }

  private synchronized void startUnlessRunning() {
    if (!running) {
      Thread thread = new Thread(null, this::run, "fork-uncorker", STACK_BYTES);
      thread.setDaemon(true);
      thread.start();
      running = true;
    }
  }

  private void run() {
    while (goesOn()) {
      Thread.interrupted(); // A callback may have left it, and no park would wait any more.
      LockSupport.parkNanos(this, LOOK_NANOS);
      watched.forEach(this::look);
    }
  }

  /// Whether there is something to watch. What is added later finds nobody running.
  private synchronized boolean goesOn() {
    running = !watched.isEmpty();
    return running;
  }

  private void look(Cork cork) {
    if (cork.look() >= LOOKS_IN_VAIN) {
      watched.remove(cork);
      if (cork.unwatched()) {
        watched.add(cork);
      }
    }
  }
}
