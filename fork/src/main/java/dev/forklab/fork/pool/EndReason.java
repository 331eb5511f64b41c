package dev.forklab.fork.pool;

import java.io.IOException;

/// Why a worker is at its end.
sealed interface EndReason {

  /// Its channel has ended, or its process: by itself, or by somebody else's hand.
  record Gone() implements EndReason {}

  /// It was not ready in time.
  record Late() implements EndReason {}

  /// It will not do: it could not make its task, or is too large before its first.
  ///
  /// @param words why
  record Unfit(String words) implements EndReason {}

  /// It wrote something that is not ours; nothing that it says counts any more.
  record Garbage(IOException found) implements EndReason {}

  /// What it ran took too long, or was cancelled.
  ///
  /// @param atRest whether what is behind that task was taken back while the worker stood still
  record Evicted(Job<?> victim, boolean atRest) implements EndReason {}

  /// The pool has come to its end.
  record PoolOver() implements EndReason {}
}
