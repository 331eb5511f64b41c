package dev.forklab.bench.jmh;

import org.jspecify.annotations.Nullable;

/// A trial that has no results; the message says why, with the last lines it printed.
public final class TrialFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
