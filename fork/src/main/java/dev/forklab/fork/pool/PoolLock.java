package dev.forklab.fork.pool;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one lock of a pool. It guards the pool's tasks, its workers and what is known of them.
///
/// A section is short: it starts no process, writes to no socket, completes no future and calls no
/// listener. What it decides of these is carried out after it.
final class PoolLock {

  private final ReentrantLock lock = new ReentrantLock();

  /// What is done, or found out, while the lock is held.
  @FunctionalInterface
  interface Section<T extends @Nullable Object, E extends Exception> {
    T run() throws E;
  }

  Condition condition() {
    return lock.newCondition();
  }

  <T extends @Nullable Object, E extends Exception> T get(Section<T, E> section) throws E {
    lock.lock();
    try {
      return section.run();
    } finally {
      lock.unlock();
    }
  }

  /// [#get] for a thread that may be interrupted while it waits for the lock.
  <T extends @Nullable Object> T getInterruptibly(Section<T, InterruptedException> section)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return section.run();
    } finally {
      lock.unlock();
    }
  }

  void run(Runnable section) {
    lock.lock();
    try {
      section.run();
    } finally {
      lock.unlock();
    }
  }
}
