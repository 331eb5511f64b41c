package dev.forklab.fork.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What a running [Task] can say to its submitter, and hear from it. Of the task's own thread; ends
/// with the request.
public interface TaskContext {

  /// Tells the submitter how far the request is: [TaskOptions#onProgress]. Arrives before the
  /// reply, in order. Blocks while the parent does not take what was told before.
  ///
  /// @param value written as a message of [dev.forklab.fork.ChildProcess#send] is
  /// @throws IllegalArgumentException if it cannot be written
  void progress(@Nullable Object value);

  /// Whether nobody waits for the reply any more, because its future was cancelled: a task that
  /// looks here from time to time, and returns or throws, spares its worker from being ended
  /// ([ForkPoolOptions#cancelPatience]). Costs a system call.
  boolean isCancelled();

  /// What the submitter gives beside the request ([TaskOptions#withInput]), of any length: it is
  /// read as it comes, a window of 256 KiB at a time. Empty if nothing is given.
  InputStream input() throws IOException;

  /// Where a reply of any length is written, beside the one that is returned
  /// ([TaskOptions#withOutput]). Blocks while the submitter's sink is slow; closed, if the task has
  /// not, when it returns. If there is no sink, what is written is dropped.
  OutputStream output() throws IOException;
}
