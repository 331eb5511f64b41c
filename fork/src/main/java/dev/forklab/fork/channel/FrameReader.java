package dev.forklab.fork.channel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts frames together from chunks, cut anywhere.
///
/// Linear in the bytes: each is copied once or twice, none is looked at. Memory is taken as bytes
/// come: a header alone never takes more than [#FIRST_BYTES], whatever length it says, and later
/// never more than eight times what has come. A body for which there is no memory fails its own
/// frame ([Frame#isUnreadable]) and no other.
///
/// Not safe for use by several threads: the loop thread owns it.
final class FrameReader {

  /// What a header may take at once: all of a usual frame, so that its bytes are copied once.
  static final int FIRST_BYTES = 1 << 20;

  private static final int GROWTH = 8;

  private static final byte[] EMPTY = {};

  private final int maxBodyBytes;
  private final ByteBuffer header = FrameLayout.newHeader();
  // Of the frame begun, as far as it has been needed; null between two frames.
  private byte @Nullable [] body;
  private int length;
  private int filled;
  // Whether there was no memory for it.
  private boolean lost;

  FrameReader(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /// Takes all of `chunk`, and hands on each frame that it completes, in order.
  void feed(ByteBuffer chunk, Consumer<Frame> handler) throws FrameException {
    while (chunk.hasRemaining() || bodyIsEmpty()) {
      if (body == null) {
        feedHeader(chunk);
      } else {
        feedBody(chunk);
        if (filled == length) {
          Frame frame =
              new Frame(
                  FrameLayout.kind(header), FrameLayout.id(header), Objects.requireNonNull(body));
          reset();
          handler.accept(frame);
        }
      }
    }
  }

  private void feedBody(ByteBuffer chunk) {
    byte[] current = room();
    int count = Math.min(chunk.remaining(), length - filled);
    if (lost) {
      chunk.position(chunk.position() + count);
    } else {
      count = Math.min(count, current.length - filled);
      chunk.get(current, filled, count);
    }
    filled += count;
  }

  /// The body, with room for more of it.
  private byte[] room() {
    byte[] current = Objects.requireNonNull(body);
    if (!lost && filled == current.length && filled < length) {
      current = allocate((int) Math.min(length, (long) current.length * GROWTH), current);
    }
    return current;
  }

  private byte[] allocate(int bytes, byte[] begun) {
    try {
      body = Arrays.copyOf(begun, bytes);
    } catch (OutOfMemoryError e) {
      if (length <= FIRST_BYTES) {
        throw e; // There is none for anything.
      }
      lost = true;
      body = Frame.UNREADABLE; // Its bytes are passed over: the frames behind it still come.
    }
    return Objects.requireNonNull(body);
  }

  /// How many bytes the frame begun still needs; 0 between two frames.
  long missingBytes() {
    if (body != null) {
      return (long) length - filled;
    }
    return header.position() == 0 ? 0 : header.remaining();
  }

  private boolean bodyIsEmpty() {
    return body != null && length == 0;
  }

  private void feedHeader(ByteBuffer chunk) throws FrameException {
    int count = Math.min(chunk.remaining(), header.remaining());
    header.put(header.position(), chunk, chunk.position(), count);
    header.position(header.position() + count);
    chunk.position(chunk.position() + count);
    if (!header.hasRemaining()) {
      length = FrameLayout.bodyLength(header, maxBodyBytes);
      FrameLayout.kind(header);
      filled = 0;
      lost = false;
      allocate(firstBytes(length), EMPTY);
    }
  }

  /// So that growing by [#GROWTH] comes to the length with few steps, the last a whole one.
  private static int firstBytes(int length) {
    int bytes = length;
    while (bytes > FIRST_BYTES) {
      bytes = bytes / GROWTH + 1;
    }
    return bytes;
  }

  private void reset() {
    body = null;
    filled = 0;
    header.clear();
  }
}
