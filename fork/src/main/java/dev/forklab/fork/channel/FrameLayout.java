package dev.forklab.fork.channel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of a frame: a header of 16 bytes, then the body. Everything is big-endian.
///
/// ```
///    0               1               2               3
///    0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7
///   +---------------------------------------------------------------+
///  0|                     body length (unsigned)                    |
///   +---------------+---------------+-------------------------------+
///  4|     kind      |    version    |          mark "FK"            |
///   +---------------+---------------+-------------------------------+
///  8|                              id                               |
///   |                                                               |
///   +---------------------------------------------------------------+
/// 16|                             body                            ...
///   +---------------------------------------------------------------+
/// ```
///
/// A frame is whole when all its bytes have been written; there is no commit flag, for a stream
/// delivers bytes in order. The mark and the version are there so that garbage on the channel is
/// told from a frame at its first header, before its length is believed.
final class FrameLayout {

  static final int HEADER_BYTES = 16;
  static final byte VERSION = 1;
  static final short MARK = 0x464B;

  private static final int LENGTH_OFFSET = 0;
  private static final int KIND_OFFSET = 4;
  private static final int VERSION_OFFSET = 5;
  private static final int MARK_OFFSET = 6;
  private static final int ID_OFFSET = 8;

  private FrameLayout() {}

  /// An empty buffer for one header, in the layout's byte order.
  static ByteBuffer newHeader() {
    return ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.BIG_ENDIAN);
  }

  /// Appends the frame's header at `to`'s position; needs [#HEADER_BYTES] of room.
  static void putHeader(ByteBuffer to, Frame frame) {
    int at = to.position();
    to.putInt(at + LENGTH_OFFSET, frame.body().length);
    to.put(at + KIND_OFFSET, frame.kind().code());
    to.put(at + VERSION_OFFSET, VERSION);
    to.putShort(at + MARK_OFFSET, MARK);
    to.putLong(at + ID_OFFSET, frame.id());
    to.position(at + HEADER_BYTES);
  }

  /// The body's length, after the mark, the version and the bound have been checked.
  static int bodyLength(ByteBuffer header, int maxBodyBytes) throws FrameException {
    if (header.getShort(MARK_OFFSET) != MARK || header.get(VERSION_OFFSET) != VERSION) {
      throw FrameException.garbage(header.getLong(LENGTH_OFFSET));
    }
    long length = Integer.toUnsignedLong(header.getInt(LENGTH_OFFSET));
    if (length > maxBodyBytes) {
      throw FrameException.tooLong(length, maxBodyBytes);
    }
    return (int) length;
  }

  static FrameKind kind(ByteBuffer header) throws FrameException {
    return FrameKind.of(header.get(KIND_OFFSET));
  }

  static long id(ByteBuffer header) {
    return header.getLong(ID_OFFSET);
  }
}
