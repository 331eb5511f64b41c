package dev.forklab.bench.channel;

import org.jspecify.annotations.Nullable;

/// A driver could not measure what it was asked to.
public final class DriverException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DriverException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
