package dev.forklab.fork.pool;

/// What `submit` does when a pool's queue is full.
public enum WhenFull {
  /// Waits for room.
  BLOCK,
  /// Returns a future that has failed with [TaskFailure.Rejected].
  REJECT
}
