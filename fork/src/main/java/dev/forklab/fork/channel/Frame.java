package dev.forklab.fork.channel;

/// One unit on the wire.
///
/// @param kind what it is for
/// @param id which task or stream it belongs to; 0 where there is none
/// @param body its bytes, not copied: whoever makes a frame leaves them unchanged afterwards
@SuppressWarnings("ArrayRecordComponent") // identity is enough; copying megabytes is not
public record Frame(FrameKind kind, long id, byte[] body) {

  private static final byte[] EMPTY = {};

  /// In the place of a long body for which the reader had no memory.
  static final byte[] UNREADABLE = {};

  /// A frame that says all by its kind and id.
  public static Frame bare(FrameKind kind, long id) {
    return new Frame(kind, id, EMPTY);
  }

  /// Whether its body is lost: there was no memory for it where it was read.
  @SuppressWarnings("ReferenceEquality") // An empty body is another.
  public boolean isUnreadable() {
    return body == UNREADABLE;
  }

  /// What to tell whose frame was [unreadable][#isUnreadable].
  public static OutOfMemoryError noMemory() {
    return new OutOfMemoryError(
        "there is no memory for a message as long as this; give the reader's JVM a larger heap,"
            + " or send less at once");
  }
}
