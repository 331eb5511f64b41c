package dev.forklab.fork.channel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts frames together from chunks, cut anywhere.
///
/// Linear in the bytes: each is copied once, none is looked at twice. Not safe for use by several
/// threads: the loop thread owns it.
final class FrameReader {

  private final int maxBodyBytes;
  private final ByteBuffer header = FrameLayout.newHeader();
  private byte @Nullable [] body;
  private int filled;

  FrameReader(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /// Takes all of `chunk`, and hands on each frame that it completes, in order.
  void feed(ByteBuffer chunk, Consumer<Frame> handler) throws FrameException {
    while (chunk.hasRemaining() || bodyIsEmpty()) {
      byte[] current = body;
      if (current == null) {
        feedHeader(chunk);
        continue;
      }
      int count = Math.min(chunk.remaining(), current.length - filled);
      chunk.get(current, filled, count);
      filled += count;
      if (filled == current.length) {
        Frame frame = new Frame(FrameLayout.kind(header), FrameLayout.id(header), current);
        reset();
        handler.accept(frame);
      }
    }
  }

  /// How many bytes the frame begun still needs; 0 between two frames.
  long missingBytes() {
    byte[] current = body;
    if (current != null) {
      return (long) current.length - filled;
    }
    return header.position() == 0 ? 0 : header.remaining();
  }

  private boolean bodyIsEmpty() {
    byte[] current = body;
    return current != null && current.length == 0;
  }

  private void feedHeader(ByteBuffer chunk) throws FrameException {
    int count = Math.min(chunk.remaining(), header.remaining());
    header.put(header.position(), chunk, chunk.position(), count);
    header.position(header.position() + count);
    chunk.position(chunk.position() + count);
    if (!header.hasRemaining()) {
      int length = FrameLayout.bodyLength(header, maxBodyBytes);
      FrameLayout.kind(header);
      body = new byte[length];
      filled = 0;
    }
  }

  private void reset() {
    body = null;
    filled = 0;
    header.clear();
  }
}
