package dev.forklab.bench.jmh;

/// A trial that has no results; the message says why, with the last lines it printed.
public final class TrialFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
