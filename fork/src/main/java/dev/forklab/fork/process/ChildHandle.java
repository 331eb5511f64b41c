package dev.forklab.fork.process;

import dev.forklab.fork.data.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A started process.
///
/// Safe for use by many threads. Somebody must call [#awaitExit] once, on a thread of its own:
/// until then the process stays a zombie when it ends, and its pid is not given to another.
public interface ChildHandle {

  long pid();

  /// Blocks until the process has ended, then reaps it.
  Exit awaitExit();

  /// Sends a signal; 0 only asks whether the process is there.
  ///
  /// @return whether it was delivered; false if the process is gone
  /// @throws SignalRefusedException if the process is there, but is not ours to signal
  /// @throws UnsupportedOperationException if this platform cannot send that signal
  boolean kill(int signal);

  /// The process has ended: waits until its piped outputs are at their end, and what it wrote is
  /// read. What nobody reads is kept for a late reader; a reader that takes nothing for so long as
  /// `patience`, and a pipe that another process holds open, are not waited for longer than that.
  /// Closes the pipe to its standard input.
  void finishStreams(Duration patience) throws IOException;

  /// What the parent writes to the child's standard input, if that is a pipe.
  Optional<OutputStream> stdin();

  /// The child's standard output, if that is a pipe.
  Optional<InputStream> stdout();

  /// The child's standard error, if that is a pipe.
  Optional<InputStream> stderr();

  /// Whether it, or a process below it, made all connections that this process accepted at this
  /// socket and has not closed. True where the system does not tell.
  ///
  /// @throws IOException if this process has no descriptor left to ask with
  default boolean isPeerAt(Path socket) throws IOException {
    return true;
  }
}
