package dev.forklab.bench.faults;

/// A trial has no result; the message says why.
final class FaultTrialException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FaultTrialException(String message) {
    super(message);
  }
}
