package dev.forklab.fork.channel;

import java.io.IOException;

/// A frame that was not taken because as many bytes as allowed already wait to be written: the
/// reader is slower than the sender. The channel stays usable.
public final class QueueFullException extends IOException {

  private static final long serialVersionUID = 1L;

  QueueFullException(long queuedBytes, long maxQueuedBytes) {
    super(
        "the channel's queue is full: "
            + queuedBytes
            + " of at most "
            + maxQueuedBytes
            + " bytes wait to be written; wait for room, or raise the queue's bound");
  }
}
