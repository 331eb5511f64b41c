package dev.forklab.fork.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;

/// A worker's listener for programs that want a [ServerSocket].
final class WorkerServerSocket extends ServerSocket {

  private final WorkerListener channel;
  private final InetSocketAddress address;

  WorkerServerSocket(WorkerListener channel, InetSocketAddress address) throws IOException {
    this.channel = channel;
    this.address = address;
  }

  @Override
  public Socket accept() throws IOException {
    try {
      return channel.accept().socket();
    } catch (ClosedChannelException e) {
      SocketException closed = new SocketException("Socket closed"); // As the JDK's say.
      closed.initCause(e);
      throw closed;
    }
  }

  @Override
  public void bind(SocketAddress endpoint, int backlog) throws IOException {
    throw new SocketException("Already bound");
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    if (millis != 0) {
      throw new SocketException("a cluster's listener has no timeout: accept on its own thread");
    }
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public ServerSocketChannel getChannel() {
    return channel;
  }

  @Override
  public InetAddress getInetAddress() {
    return address.getAddress();
  }

  @Override
  public int getLocalPort() {
    return address.getPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return address;
  }

  @Override
  public String toString() {
    return "ServerSocket of a cluster's worker on " + address;
  }
}
