package dev.forklab.fork;

import org.jspecify.annotations.Nullable;

/// Told once that a message was written by the sender, or why it was not. "Written" says nothing of
/// the receiver. Called on the thread that wrote, or that called `send`: it must not block.
@FunctionalInterface
public interface SendCallback {

  /// Tells the message's fate.
  ///
  /// @param error why it was not written; null if it was
  void done(@Nullable ForkError error);
}
