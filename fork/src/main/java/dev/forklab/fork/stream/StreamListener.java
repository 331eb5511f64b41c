package dev.forklab.fork.stream;

import java.io.IOException;
import java.io.InputStream;

/// Takes the streams that the peer opens.
@FunctionalInterface
public interface StreamListener {

  /// The peer has opened a stream. Called on a thread of the stream's own, `fork-stream NAME`: it
  /// may block, and streams are read side by side.
  ///
  /// What it throws is reported to its thread's handler of uncaught exceptions, and closes the
  /// stream.
  ///
  /// @param name what the peer called it
  /// @param in its bytes. A read blocks until there are some, and throws a [StreamException] if the
  ///   stream ends before its end; closing it early tells the writer, whose next write then fails
  void opened(String name, InputStream in) throws IOException;
}
