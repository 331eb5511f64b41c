package dev.forklab.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The `error` event, which may happen many times.
///
/// The first few are kept until somebody listens. What nobody has listened to for a second is
/// reported to a thread's handler of uncaught exceptions as well; the JVM stays until then. While
/// listeners are busy, a given number waits for them; the last one beyond it says how many there
/// were.
final class Errors {

  private static final int MAX_KEPT = 16;
  private static final int MAX_WAITING = 256;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final EventTurn turn;
  private final Object lock = new Object();
  // All guarded by lock.
  private final List<Consumer<ForkError>> listeners = new ArrayList<>();
  private final List<ForkError> kept = new ArrayList<>();
  private int reportedCount;
  private boolean reporting;
  private int waitingCount;
  private int droppedCount;
  private @Nullable ForkError lastDropped;

  Errors(String name, EventTurn turn) {
    this.name = name;
    this.turn = turn;
  }

  void listen(Consumer<ForkError> listener) {
    synchronized (lock) {
      listeners.add(listener);
      kept.forEach(this::tell);
      kept.clear();
      reportedCount = 0;
      lock.notifyAll();
    }
  }

  void forget(Object given) {
    synchronized (lock) {
      listeners.removeIf(listener -> listener.equals(given));
    }
  }

  void happen(ForkError error) {
    synchronized (lock) {
      if (!listeners.isEmpty()) {
        tell(error);
      } else if (kept.size() < MAX_KEPT) {
        boolean isLast = kept.size() == MAX_KEPT - 1;
        kept.add(isLast ? of(error, "; those after it are dropped until somebody listens") : error);
        report();
      }
    }
  }

  private static ForkError of(ForkError error, String more) {
    return new ForkError(error.kind(), error.getMessage() + more, error.getCause());
  }

  private void tell(ForkError error) {
    if (waitingCount >= MAX_WAITING) {
      droppedCount++;
      lastDropped = error;
      return;
    }
    for (Consumer<ForkError> listener : listeners) {
      waitingCount++;
      turn.post(() -> {
        try {
          listener.accept(error);
        } finally {
          told();
        }
      });
    }
  }

  private void told() {
    synchronized (lock) {
      waitingCount--;
      ForkError last = lastDropped;
      if (waitingCount == 0 && last != null) {
        int count = droppedCount;
        droppedCount = 0;
        lastDropped = null;
        tell(of(last, "; it is the last of " + count + " that came while the listeners were busy"));
      }
    }
  }

  private void report() {
    if (reporting) {
      return;
    }
    reporting = true;
    try {
      Thread.ofPlatform().name("fork-unheard " + name).daemon(false).start(this::reportUnheard);
    } catch (OutOfMemoryError _) {
      reportUnheard(); // The system has no more threads to give: on this one, without waiting.
    }
  }

  private void reportUnheard() {
    boolean hasThread = !Thread.holdsLock(lock);
    ForkError next;
    while ((next = unheard(hasThread ? PATIENCE_NANOS : 0)) != null) {
      EventTurn.report(next);
    }
  }

  /// The next to report, when nobody has listened by then; null if there is none.
  private @Nullable ForkError unheard(long patienceNanos) {
    synchronized (lock) {
      long deadlineNanos = System.nanoTime() + patienceNanos;
      long leftNanos = patienceNanos;
      while (reportedCount == 0 && listeners.isEmpty() && leftNanos > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(lock, leftNanos);
        } catch (InterruptedException _) {
          break; // Somebody who cannot wait.
        }
        leftNanos = deadlineNanos - System.nanoTime();
      }
      if (reportedCount < kept.size()) {
        return kept.get(reportedCount++);
      }
      reporting = false;
      return null;
    }
  }
}
