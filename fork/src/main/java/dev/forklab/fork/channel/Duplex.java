package dev.forklab.fork.channel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/// Bytes both ways between two processes, over a socket or two pipes.
///
/// One thread reads, one at a time writes. Neither blocks.
public interface Duplex extends Closeable {

  /// There is something to read, or the end.
  int READABLE = SelectionKey.OP_READ;

  /// There is room to write.
  int WRITABLE = SelectionKey.OP_WRITE;

  /// Reads what is there, as much as fits.
  ///
  /// @return the number of bytes, 0 if there are none now, -1 at the end
  int read(ByteBuffer into) throws IOException;

  /// Writes as much as there is room for.
  void write(ByteBuffer from) throws IOException;

  /// Blocks until it is [#READABLE] or [#WRITABLE], as asked, or for so long. It may return early.
  void await(int what, long millis) throws IOException;
}
