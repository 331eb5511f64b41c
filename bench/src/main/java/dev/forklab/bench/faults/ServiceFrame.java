package dev.forklab.bench.faults;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/// What the lab and the service tell each other over their socket:
///
/// ```
///  0  4  length of the body
///  4  1  code of its kind
///  5  4  number of the task, or 0
///  9     body
/// ```
///
/// @param task what the frame is about, where it is about a task
@SuppressWarnings("ArrayRecordComponent") // Equality is defined below.
record ServiceFrame(Kind kind, int task, byte[] body) {

  private static final int HEADER_BYTES = 9;
  private static final int MOST_BYTES = 64 << 20;

  /// What a frame is.
  enum Kind {
    /// Lab to service: do this.
    TASK('T'),
    /// Lab to service: say how you are.
    ASK('A'),
    /// Service to lab, first: it takes tasks. The body is its [ServiceStats].
    READY('H'),
    /// The task's reply.
    REPLY('R'),
    /// Why there is no reply, as text.
    FAILED('F'),
    /// The answer to [#ASK]: [ServiceStats].
    STATS('S');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    private static Kind of(byte code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("expected a frame, found one of the unknown kind " + code);
    }
  }

  static ServiceFrame of(Kind kind) {
    return new ServiceFrame(kind, 0, new byte[0]);
  }

  /// Writes it whole; one thread at a time.
  void write(SocketChannel socket) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + body.length)
            .putInt(body.length)
            .put((byte) kind.code)
            .putInt(task)
            .put(body)
            .flip();
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /// Blocks until one has come; one thread at a time.
  ///
  /// @throws EOFException if none comes any more
  /// @throws IOException if what comes is no frame
  static ServiceFrame read(SocketChannel socket) throws IOException {
    ByteBuffer header = fill(socket, HEADER_BYTES);
    int length = header.getInt();
    Kind kind = Kind.of(header.get());
    int task = header.getInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException(
          "expected a frame of at most %d bytes, found one of %d".formatted(MOST_BYTES, length));
    }
    return new ServiceFrame(kind, task, fill(socket, length).array());
  }

  private static ByteBuffer fill(SocketChannel socket, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (socket.read(bytes) < 0) {
        throw new EOFException("the other end is closed");
      }
    }
    return bytes.flip();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceFrame frame
        && kind == frame.kind
        && task == frame.task
        && Arrays.equals(body, frame.body);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * kind.hashCode() + task) + Arrays.hashCode(body);
  }
}
