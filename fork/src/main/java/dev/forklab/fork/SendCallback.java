package dev.forklab.fork;

import org.jspecify.annotations.Nullable;

/// Told once that a message was written by the sender, or why it was not. "Written" says nothing of
/// the receiver. Called on a thread that wrote, or that called `send`: it must not block. One that
/// throws is reported to its thread's handler of uncaught exceptions, as a listener is.
@FunctionalInterface
public interface SendCallback {

  /// Tells the message's fate.
  ///
  /// @param error why it was not written; null if it was
  void done(@Nullable ForkError error);
}
