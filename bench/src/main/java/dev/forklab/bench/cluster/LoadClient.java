package dev.forklab.bench.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/// A client with a number of requests under way at once, each followed by the next as soon as it is
/// answered (a closed loop), on one thread, the same for all contestants.
///
/// Connections come from many addresses of 127/8 in turn: those that were closed a minute ago or
/// less keep their port, of which one address has too few.
final class LoadClient {

  private static final int FIRST_SOURCE = 2;
  private static final int SOURCES = 200;
  private static final long SELECT_MILLIS = 50;

  /// A slice that is shorter than the first answer takes waits for that.
  private static final long FIRST_ANSWER_NANOS = 10_000_000_000L;

  private final InetSocketAddress server;
  private final boolean keeps;
  private final Load load = new Load();
  private int opened;

  /// @param keeps whether a connection has many requests, or one
  private LoadClient(int port, boolean keeps) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.keeps = keeps;
  }

  /// Sends until it is told to stop. What is under way then counts neither as answered nor as lost.
  static Load run(int port, int connections, boolean keeps, BooleanSupplier stops)
      throws IOException {
    return new LoadClient(port, keeps).run(connections, stops);
  }

  private Load run(int connections, BooleanSupplier stops) throws IOException {
    try (Selector selector = Selector.open()) {
      long begin = System.nanoTime();
      for (int i = 0; i < connections; i++) {
        new Connection(selector).open();
      }
      while (!stops.getAsBoolean()
          || (load.isEmpty() && System.nanoTime() - begin < FIRST_ANSWER_NANOS)) {
        selector.select(key -> ((Connection) key.attachment()).ready(), SELECT_MILLIS);
      }
      load.took(System.nanoTime() - begin);
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    return load;
  }

  /// One of the requests under way.
  private final class Connection {

    private final Selector selector;
    private final byte[] answer = new byte[FixedAnswer.LENGTH];
    private final ByteBuffer in = ByteBuffer.wrap(answer);
    private SocketChannel channel;
    private SelectionKey key;
    private long sentNanos;

    Connection(Selector selector) throws IOException {
      this.selector = selector;
      channel = SocketChannel.open();
      key = register();
    }

    private SelectionKey register() throws IOException {
      channel.configureBlocking(false);
      return channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    void open() throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      byte last = (byte) (FIRST_SOURCE + opened++ % SOURCES);
      InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, last});
      channel.bind(new InetSocketAddress(from, 0));
      sentNanos = System.nanoTime();
      if (channel.connect(server)) {
        connected();
      }
    }

    void ready() {
      try {
        if (channel.isConnectionPending()) {
          if (channel.finishConnect()) {
            connected();
          }
        } else {
          read();
        }
      } catch (IOException e) {
        load.lost();
        reopen();
      }
    }

    private void connected() throws IOException {
      key.interestOps(SelectionKey.OP_READ);
      send();
    }

    /// A request is short: a connection that is not full takes it whole.
    private void send() throws IOException {
      in.clear();
      if (channel.write(ByteBuffer.wrap(FixedAnswer.REQUEST)) != FixedAnswer.REQUEST.length) {
        throw new IOException("expected room for a request, found a full connection");
      }
    }

    private void read() throws IOException {
      if (channel.read(in) < 0) {
        throw new EOFException("expected an answer, found the end");
      }
      if (in.hasRemaining()) {
        return;
      }
      long now = System.nanoTime();
      load.answered(FixedAnswer.worker(answer), now - sentNanos);
      if (keeps && !FixedAnswer.closes(answer)) {
        sentNanos = now;
        send();
      } else {
        reopen();
      }
    }

    private void reopen() {
      try {
        channel.close();
        channel = SocketChannel.open();
        key = register();
        open();
      } catch (IOException e) {
        load.lost();
      }
    }
  }
}
