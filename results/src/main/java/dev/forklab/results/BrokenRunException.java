package dev.forklab.results;

import org.jspecify.annotations.Nullable;

/// A run directory that cannot be read; the message says what was expected, what was found, where,
/// and what to do.
public final class BrokenRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenRunException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
