package dev.forklab.fork.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// One connection to one of the [Workers].
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final BufferedReader in;
  private int worker;
  private boolean closing;

  /// Connects; the greeting is not read yet.
  Client(int port) throws IOException {
    this(port, InetAddress.getLoopbackAddress());
  }

  /// The same from this address of ours.
  Client(int port, InetAddress from) throws IOException {
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Which worker has accepted it: reads the greeting.
  int worker() throws IOException {
    if (worker == 0) {
      worker = Integer.parseInt(line().substring("hello ".length()));
    }
    return worker;
  }

  /// Has a line echoed.
  ///
  /// @throws AssertionError if another comes back
  void echo(String text) throws IOException {
    worker();
    socket.getOutputStream().write((text + '\n').getBytes(US_ASCII));
    String reply = line();
    closing = reply.startsWith("bye ");
    String expected = (closing ? "bye " : "") + worker + " " + text;
    if (!reply.equals(expected)) {
      throw new AssertionError("expected '" + expected + "', found '" + reply + "'");
    }
  }

  /// Whether the worker has said that it closes.
  boolean isClosing() {
    return closing;
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new EOFException("expected a line of worker " + worker + ", found the end");
    }
    return line;
  }

  /// Connects, asks who it is, and closes.
  static int ask(int port) throws IOException {
    try (Client client = new Client(port)) {
      return client.worker();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
