package dev.forklab.fork.thread;

/// The mark of the threads on which pools run tasks or complete their futures.
///
/// Such a thread must not wait for room in a pool: it may be the one that has to make it, in that
/// pool or, by way of another, in a circle of pools. So `submit` takes its tasks beyond the queue's
/// bound.
public final class PoolThread {

  private static final ThreadLocal<Boolean> MARK = new ThreadLocal<>();

  private PoolThread() {}

  /// The calling thread is one from now on, until it ends.
  public static void mark() {
    if (MARK.get() == null) {
      MARK.set(true);
    }
  }

  /// Whether the calling thread is one.
  public static boolean isCurrent() {
    return MARK.get() != null;
  }
}
