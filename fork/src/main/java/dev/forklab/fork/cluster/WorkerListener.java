package dev.forklab.fork.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/// The server socket of a worker: it accepts, and its socket's options are the primary's.
///
/// It always blocks. A selector on a socket that is shared wakes all workers for each connection,
/// and the same one is always first: 68%, 6%, 11% and 14% were measured. What it accepts are the
/// JDK's own channels, for which selectors are as good as ever.
abstract class WorkerListener extends ServerSocketChannel {

  private final InetSocketAddress address;
  private final ServerSocket socket;

  WorkerListener(InetSocketAddress address) throws IOException {
    super(SelectorProvider.provider());
    this.address = address;
    this.socket = new WorkerServerSocket(this, address);
  }

  @Override
  public abstract SocketChannel accept() throws IOException;

  @Override
  public final ServerSocketChannel bind(SocketAddress local, int backlog) {
    throw new AlreadyBoundException();
  }

  @Override
  public final <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
    throw noOption(name);
  }

  @Override
  public final <T> T getOption(SocketOption<T> name) {
    throw noOption(name);
  }

  private static UnsupportedOperationException noOption(SocketOption<?> name) {
    return new UnsupportedOperationException(
        "the listening socket is the cluster's, and has no option " + name + " here");
  }

  @Override
  public final Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public final ServerSocket socket() {
    return socket;
  }

  @Override
  public final SocketAddress getLocalAddress() {
    return address;
  }

  @Override
  protected final void implConfigureBlocking(boolean block) {
    if (!block) {
      throw new UnsupportedOperationException(
          "expected accept on a thread of its own, found a selector or a listener that does not"
              + " block: it would starve the other workers; accepted connections may have one");
    }
  }
}
