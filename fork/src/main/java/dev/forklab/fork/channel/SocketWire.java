package dev.forklab.fork.channel;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A connected socket and the selector of its waiting thread.
final class SocketWire implements Wire {

  /// What the kernel is asked to hold of what the peer has not read; it may give less. A message
  /// that fits is written at once, where Linux's usual 208 KiB take a wake-up of both ends for each
  /// piece.
  private static final int SOCKET_BUFFER_BYTES = 1 << 20;

  private final SocketLine line;
  private final Selector selector;
  private final SelectionKey key;
  private final long heldBytes;

  SocketWire(SocketChannel socket) throws IOException {
    line = SocketLine.of(socket);
    askForRoom(socket);
    heldBytes = socket.getOption(StandardSocketOptions.SO_SNDBUF); // The peer's holds as much.
    selector = socket.provider().openSelector();
    key = socket.register(selector, SelectionKey.OP_READ);
  }

  private static void askForRoom(SocketChannel socket) throws IOException {
    try {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    } catch (SocketException _) {
      // More than this system gives at all: then as much as it gives by itself.
    }
  }

  @Override
  public ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return line.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    line.write(from);
  }

  @Override
  public int await() throws IOException {
    try {
      selector.select();
      return selected();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new ChannelClosedException(e);
    }
  }

  @Override
  public int look() throws IOException {
    try {
      selector.selectNow();
      return selected();
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new ChannelClosedException(e);
    }
  }

  /// What the last select found; a key that it did not select keeps an older answer.
  private int selected() {
    boolean found = !selector.selectedKeys().isEmpty();
    selector.selectedKeys().clear();
    return found ? key.readyOps() : 0;
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public boolean askForRoom(Runnable resume) {
    try {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      selector.wakeup();
      return true;
    } catch (CancelledKeyException _) {
      return false;
    }
  }

  @Override
  public void roomFound() throws IOException {
    try {
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
    } catch (CancelledKeyException e) {
      throw new ChannelClosedException(e);
    }
  }

  @Override
  public boolean awaitRoom() throws IOException {
    try {
      key.interestOps(SelectionKey.OP_WRITE);
      selector.select();
      boolean found = (selected() & WRITABLE) != 0;
      key.interestOps(SelectionKey.OP_READ);
      return found;
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw new ChannelClosedException(e);
    }
  }

  @Override
  public void await(int what, long millis) throws IOException {
    line.await(what, millis);
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }

  @Override
  public void close() throws IOException {
    try (selector;
        line) {
      selector.wakeup();
    }
  }
}
