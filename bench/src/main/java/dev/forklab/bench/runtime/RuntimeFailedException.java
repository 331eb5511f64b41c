package dev.forklab.bench.runtime;

import org.jspecify.annotations.Nullable;

/// A program that is told what to do died, was silent, or said that it cannot go on; the message
/// says which.
public final class RuntimeFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RuntimeFailedException(String message) {
    this(message, null);
  }

  public RuntimeFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
