package dev.forklab.fork.thread;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a pool's own thread is like before it calls user code, so that the next user code on it
/// finds the same, whatever the last one left behind: its name, priority and context class loader,
/// and no interrupt. Thread locals stay: Java gives no way to clear those of others.
///
/// Of the thread that it was made on.
public final class ThreadState {

  private final Thread thread;
  private final String name;
  private final int priority;
  private final @Nullable ClassLoader loader;

  private ThreadState(Thread thread) {
    this.thread = thread;
    this.name = thread.getName();
    this.priority = thread.getPriority();
    this.loader = thread.getContextClassLoader();
  }

  /// The state of the calling thread.
  public static ThreadState ofCurrent() {
    return new ThreadState(Thread.currentThread());
  }

  /// Makes the thread as it was, and clears its interrupt.
  @SuppressWarnings("ThreadPriorityCheck") // It is only given back.
  public void restore() {
    Thread.interrupted();
    if (!Objects.equals(thread.getContextClassLoader(), loader)) {
      thread.setContextClassLoader(loader);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    if (!thread.getName().equals(name)) {
      thread.setName(name);
    }
  }
}
