package dev.forklab.fork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A frame on its way out, how much of it has been copied to the write buffer, and its fate.
/// Touched only by the holder of the [Outbox]'s write ownership; once settled, by who tells.
final class Outgoing {

  final Frame frame;
  final Written written;
  private int copied;
  private int endInBuffer;
  private @Nullable IOException failure;

  Outgoing(Frame frame, Written written) {
    this.frame = frame;
    this.written = written;
  }

  long bytes() {
    return (long) FrameLayout.HEADER_BYTES + frame.body().length;
  }

  /// Whether what comes behind it goes elsewhere.
  boolean isMove() {
    return frame.kind() == FrameKind.MOVE;
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

  /// It will not be written.
  void fail(IOException cause) {
    failure = cause;
  }

  void tell() {
    written.done(failure);
  }
}
