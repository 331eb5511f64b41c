package dev.forklab.fork.channel;

import java.io.IOException;

/// Bytes that are not a frame, or a frame beyond the channel's bound. The channel cannot be used
/// after one was read: where the next frame would begin is unknown.
public final class FrameException extends IOException {

  private static final long serialVersionUID = 1L;

  /// What is wrong with the bytes.
  public enum Reason {
    /// The header's mark or version is not ours: something else wrote to the channel.
    GARBAGE,
    /// The header names a kind that does not exist.
    UNKNOWN_KIND,
    /// The body is longer than the bound.
    TOO_LONG,
    /// The channel ended inside a frame.
    TRUNCATED,
    /// A frame that nobody had reason to send.
    UNEXPECTED
  }

  private final Reason reason;

  private FrameException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static FrameException garbage(long firstBytes) {
    return new FrameException(
        Reason.GARBAGE,
        "expected the header of a frame on the channel, found the bytes 0x%016x; does something else write to it?"
            .formatted(firstBytes));
  }

  static FrameException unknownKind(byte code) {
    return new FrameException(
        Reason.UNKNOWN_KIND,
        "expected a frame of a known kind, found kind " + code + "; are both ends of one version?");
  }

  static FrameException tooLong(long length, int maxBodyBytes) {
    return new FrameException(
        Reason.TOO_LONG,
        "expected a frame body of at most "
            + maxBodyBytes
            + " bytes, found one of "
            + length
            + "; raise the channel's frame bound on both ends, or send a stream");
  }

  static FrameException truncated(long missingBytes) {
    return new FrameException(
        Reason.TRUNCATED,
        "the channel ended inside a frame: " + missingBytes + " bytes are missing");
  }

  static FrameException unexpected(FrameKind kind) {
    return new FrameException(
        Reason.UNEXPECTED, "expected no frame " + kind + " on the channel now, found one");
  }

  /// What is wrong.
  public Reason reason() {
    return reason;
  }
}
