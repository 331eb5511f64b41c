package dev.forklab.fork.data;

/// How much a channel may hold.
///
/// @param maxFrameBytes the longest body of one frame, sent or received
/// @param maxQueuedBytes how many bytes may wait to be written; one frame is taken whatever its
///   size when nothing waits
/// @param highWaterBytes above so many waiting bytes `send` says that there is no room
public record ChannelBounds(int maxFrameBytes, long maxQueuedBytes, long highWaterBytes) {

  /// 128 MiB a frame, 256 MiB queued, and Node's high-water mark of 128 KiB.
  public static final ChannelBounds DEFAULT = new ChannelBounds(128 << 20, 256L << 20, 128L << 10);

  public ChannelBounds {
    if (maxFrameBytes < 1) {
      throw new IllegalArgumentException(
          "expected a frame bound of at least 1 byte, found " + maxFrameBytes);
    }
    if (maxQueuedBytes < 1) {
      throw new IllegalArgumentException(
          "expected a queue bound of at least 1 byte, found " + maxQueuedBytes);
    }
    if (highWaterBytes < 0) {
      throw new IllegalArgumentException(
          "expected a high-water mark of zero or more, found " + highWaterBytes);
    }
  }

  public ChannelBounds withMaxFrameBytes(int bytes) {
    return new ChannelBounds(bytes, maxQueuedBytes, highWaterBytes);
  }

  public ChannelBounds withMaxQueuedBytes(long bytes) {
    return new ChannelBounds(maxFrameBytes, bytes, highWaterBytes);
  }
}
