package com.acme.fork;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Just enough of HTTP/1.1 for an example: requests without a body, answered with text, over a
/// connection that is kept while both ends want it.
final class HttpConnection implements AutoCloseable {

  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int LONGEST_LINE = 8 << 10;

  private final SocketChannel channel;
  private final BufferedReader in;
  private final OutputStream out;
  private boolean clientCloses;

  HttpConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.socket().setSoTimeout((int) IDLE.toMillis());
    in = new BufferedReader(new InputStreamReader(channel.socket().getInputStream(), US_ASCII));
    out = Channels.newOutputStream(channel);
  }

  /// Waits for a request and reads it; false if the client has no more, or takes too long.
  boolean readRequest() throws IOException {
    String line = in.readLine();
    if (clientCloses || line == null) {
      return false;
    }
    for (int length = 0; !line.isEmpty(); length += line.length()) {
      clientCloses |= line.equalsIgnoreCase("Connection: close");
      line = in.readLine();
      if (line == null || length > LONGEST_LINE) {
        throw new IOException("expected a request, found a part of one, or a very long one");
      }
    }
    return true;
  }

  /// Answers it.
  ///
  /// @param more whether another request may come on this connection
  void answer(String text, boolean more) throws IOException {
    clientCloses |= !more;
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + text.length()
            + (more ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
    out.write((head + text).getBytes(US_ASCII));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
