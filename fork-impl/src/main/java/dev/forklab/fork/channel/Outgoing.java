package dev.forklab.fork.channel;

import java.nio.ByteBuffer;

/// A frame on its way out, and how much of it has been copied to the write buffer. Touched only by
/// the holder of the [Outbox]'s claim.
final class Outgoing {

  final Frame frame;
  final Written written;
  private int copied;
  private int endInBuffer;

  Outgoing(Frame frame, Written written) {
    this.frame = frame;
    this.written = written;
  }

  long bytes() {
    return (long) FrameLayout.HEADER_BYTES + frame.body().length;
  }

  /// Copies as much as fits; true when nothing is left.
  boolean copyInto(ByteBuffer to) {
    if (copied < FrameLayout.HEADER_BYTES) {
      if (to.remaining() < FrameLayout.HEADER_BYTES) {
        return false;
      }
      FrameLayout.putHeader(to, frame);
      copied = FrameLayout.HEADER_BYTES;
    }
    byte[] body = frame.body();
    int from = copied - FrameLayout.HEADER_BYTES;
    int count = Math.min(to.remaining(), body.length - from);
    to.put(body, from, count);
    copied += count;
    endInBuffer = to.position();
    return from + count == body.length;
  }

  /// Where its last byte ends in the write buffer; once [#copyInto] has said that nothing is left.
  int endInBuffer() {
    return endInBuffer;
  }
}
