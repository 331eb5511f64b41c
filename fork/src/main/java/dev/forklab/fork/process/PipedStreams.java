package dev.forklab.fork.process;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// The parent's ends of a child's piped standard streams.
record PipedStreams(
    Optional<OutputStream> stdin, Optional<InputStream> stdout, Optional<InputStream> stderr) {

  static final PipedStreams NONE =
      new PipedStreams(Optional.empty(), Optional.empty(), Optional.empty());

  PipedStreams with(int stream, Closeable end) {
    return switch (stream) {
      case 0 -> new PipedStreams(Optional.of((OutputStream) end), stdout, stderr);
      case 1 -> new PipedStreams(stdin, Optional.of((InputStream) end), stderr);
      default -> new PipedStreams(stdin, stdout, Optional.of((InputStream) end));
    };
  }
}
