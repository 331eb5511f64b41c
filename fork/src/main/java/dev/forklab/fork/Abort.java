package dev.forklab.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A way to end children from elsewhere: Node's `AbortController` and its signal in one.
///
/// Safe for use by many threads. Each child given it in its options is killed with its killSignal
/// when [#abort] is called, or at its start if that was before.
public final class Abort {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<Throwable>> listeners = new ArrayList<>();
  private @Nullable Throwable cause;

  /// One that has not been used.
  public Abort() {}

  /// Ends the children, without saying why.
  public void abort() {
    abort(new CancellationException("aborted"));
  }

  /// Ends the children; their `error` events carry this cause. Only the first call counts.
  public void abort(Throwable why) {
    List<Consumer<Throwable>> told;
    lock.lock();
    try {
      if (cause != null) {
        return;
      }
      cause = why;
      told = List.copyOf(listeners);
      listeners.clear();
    } finally {
      lock.unlock();
    }
    told.forEach(listener -> listener.accept(why));
  }

  /// Calls the listener once, now or when it is used.
  void onAbort(Consumer<Throwable> listener) {
    Throwable why;
    lock.lock();
    try {
      why = cause;
      if (why == null) {
        listeners.add(listener);
        return;
      }
    } finally {
      lock.unlock();
    }
    listener.accept(why);
  }

  void forget(Consumer<Throwable> listener) {
    lock.lock();
    try {
      listeners.remove(listener);
    } finally {
      lock.unlock();
    }
  }
}
