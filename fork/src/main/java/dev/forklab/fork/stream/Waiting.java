package dev.forklab.fork.stream;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/// How a stream waits for its peer: what it waits for comes from the thread that reads the channel.
public interface Waiting {

  /// Checks that the calling thread may wait.
  ///
  /// @throws IllegalStateException if it may not, for the one that reads the channel waits for it
  void requireAllowed();

  /// Waits until `changed` may have been signalled. The caller holds the lock, and looks again.
  void await(Lock lock, Condition changed) throws IOException, InterruptedException;

  /// While another thread reads the channel.
  ///
  /// @param inListener whether the calling thread is a listener's, which holds up the channel
  static Waiting besideListeners(BooleanSupplier inListener) {
    return new Waiting() {
      @Override
      public void requireAllowed() {
        if (inListener.getAsBoolean()) {
          throw new IllegalStateException(
              "expected a thread of its own to wait for a stream, found a listener's, which holds"
                  + " up the channel that the stream needs; use another thread");
        }
      }

      @Override
      @SuppressWarnings("WaitNotInLoop") // The caller looks again.
      public void await(Lock lock, Condition changed) throws InterruptedException {
        changed.await();
      }
    };
  }

  /// Reads the channel, waiting for something to read.
  @FunctionalInterface
  interface Reading {
    void read() throws IOException;
  }

  /// By reading the channel, if the calling thread is the one that has to.
  static Waiting byReading(Thread reader, Reading reading) {
    return new Waiting() {
      @Override
      public void requireAllowed() {}

      @Override
      @SuppressWarnings("WaitNotInLoop") // The caller looks again.
      public void await(Lock lock, Condition changed) throws IOException, InterruptedException {
        if (Thread.currentThread() != reader) {
          changed.await();
          return;
        }
        lock.unlock();
        try {
          reading.read();
        } finally {
          lock.lock();
        }
      }
    };
  }
}
