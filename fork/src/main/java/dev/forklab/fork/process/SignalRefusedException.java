package dev.forklab.fork.process;

/// A signal that the system did not let us send to a process that is there.
public final class SignalRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SignalRefusedException(String message) {
    super(message);
  }
}
