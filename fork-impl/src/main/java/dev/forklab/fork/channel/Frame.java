package dev.forklab.fork.channel;

/// One unit on the wire.
///
/// @param kind what it is for
/// @param id which task or stream it belongs to; 0 where there is none
/// @param body its bytes, not copied: whoever makes a frame leaves them unchanged afterwards
@SuppressWarnings("ArrayRecordComponent") // identity is enough; copying megabytes is not
public record Frame(FrameKind kind, long id, byte[] body) {

  private static final byte[] EMPTY = {};

  /// A frame that says all by its kind and id.
  public static Frame bare(FrameKind kind, long id) {
    return new Frame(kind, id, EMPTY);
  }
}
