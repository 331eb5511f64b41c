package dev.forklab.bench.run;

import dev.forklab.results.Warning;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Watches for [Standstills] until it is closed, on a thread of its own that wakes for microseconds
/// at a time.
final class StandstillWatch implements AutoCloseable {

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /// Guarded by itself: one thread reads the clock, another asks.
  private final Standstills seen = new Standstills(System.nanoTime());

  StandstillWatch() {
    thread = Thread.ofPlatform().name("standstill-watch").daemon().start(this::watch);
  }

  private void watch() {
    try {
      while (!closing.await(Standstills.PERIOD.toNanos(), TimeUnit.NANOSECONDS)) {
        read();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    synchronized (seen) {
      seen.read(System.nanoTime());
    }
  }

  /// What was seen until now.
  Optional<Warning> warning() {
    read();
    synchronized (seen) {
      return seen.warning();
    }
  }

  /// Ends the thread, which takes no longer than it is held up.
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
