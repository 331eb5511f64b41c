package dev.forklab.fork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The line on which a channel's frames travel: one that a thread can wait at and be woken.
///
/// The channel's loop thread reads and [waits][#await]; the holder of the outbox's write ownership
/// writes; any thread may call the rest.
public interface Wire extends Duplex {

  /// A buffer of the kind that it copies least.
  ByteBuffer newBuffer(int bytes);

  /// Blocks until there is something to read, there is room that was asked for, or [#wakeup] was
  /// called since the last look.
  ///
  /// @return what there is: [#READABLE], [#WRITABLE], both or neither
  /// @throws ChannelClosedException if it is closed
  int await() throws IOException;

  /// The same without blocking.
  int look() throws IOException;

  /// Ends an [#await], or the next one.
  void wakeup();

  /// A write found too little room. Either the loop thread learns from [#await] when there is some,
  /// until it says [#roomFound], or a thread of the wire calls `resume`.
  ///
  /// @return false if it is closed: there will be none
  boolean askForRoom(Runnable resume);

  /// Room is asked for no more.
  void roomFound() throws IOException;

  /// Blocks until there is room; false if something else ended the wait. For the loop thread.
  boolean awaitRoom() throws IOException;

  /// How much it holds of what the peer has written.
  long heldBytes();
}
