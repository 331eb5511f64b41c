package dev.forklab.fork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A connected socket.
record SocketLine(SocketChannel socket) implements Duplex {

  static SocketLine of(SocketChannel socket) throws IOException {
    socket.configureBlocking(false);
    return new SocketLine(socket);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return socket.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    socket.write(from);
  }

  @Override
  public void await(int what, long millis) throws IOException {
    try (Selector own = socket.provider().openSelector()) {
      socket.register(own, what);
      own.select(millis);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
