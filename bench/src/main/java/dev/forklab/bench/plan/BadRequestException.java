package dev.forklab.bench.plan;

/// Something asked for that cannot be done; the message is one sentence for the user: what was
/// expected, what was found, what to do.
public final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadRequestException(String message) {
    super(message);
  }
}
