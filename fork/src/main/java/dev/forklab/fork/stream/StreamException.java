package dev.forklab.fork.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Why a stream ended before its end.
public final class StreamException extends IOException {

  private static final long serialVersionUID = 1L;

  /// What ended it.
  public enum Reason {
    /// The writer gave up; the message says why.
    ABORTED,
    /// The reader closed it before its end, or would not take it.
    REFUSED,
    /// The connection has ended: the peer disconnected, or died.
    DISCONNECTED,
    /// The peer sent what its credit did not allow.
    VIOLATED
  }

  private final Reason reason;

  StreamException(Reason reason, @Nullable String message) {
    super(message);
    this.reason = reason;
  }

  static StreamException disconnected(String name) {
    return new StreamException(
        Reason.DISCONNECTED,
        "expected more of the stream '"
            + name
            + "', but the connection has ended: the peer disconnected or died");
  }

  /// The same, thrown anew: with the stack of who meets it.
  StreamException again() {
    StreamException copy = new StreamException(reason, String.valueOf(getMessage()));
    copy.initCause(this);
    return copy;
  }

  /// What ended the stream.
  public Reason reason() {
    return reason;
  }
}
