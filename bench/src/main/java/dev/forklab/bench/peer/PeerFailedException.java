package dev.forklab.bench.peer;

import org.jspecify.annotations.Nullable;

/// A peer died, was silent, or said that it cannot go on; the message says which.
public final class PeerFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PeerFailedException(String message) {
    this(message, null);
  }

  PeerFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
