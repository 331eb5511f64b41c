package dev.forklab.fork;

import org.jspecify.annotations.Nullable;

/// What the `error` event carries.
public final class ForkError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What went wrong.
  public enum Kind {
    /// The child could not be started: it has no pid, and no exit will follow.
    START,
    /// A signal could not be delivered to a child that is there.
    KILL,
    /// A message could not be sent, because the channel is closed or its queue is full.
    SEND,
    /// The child was ended because its [Abort] was used; the cause says why.
    ABORTED,
    /// The peer wrote something that is not a message, or not of a listener's type: the next one is
    /// read all the same. Or it broke the rules of the channel: then the error says that it is read
    /// no further.
    GARBAGE,
    /// The connection to a child that was started could not be made, by want of descriptors for
    /// example: the child ends.
    CHANNEL
  }

  private final Kind kind;

  ForkError(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What went wrong.
  public Kind kind() {
    return kind;
  }
}
