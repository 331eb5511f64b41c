package dev.forklab.fork.pool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How one request is treated, beside what its pool does with all.
///
/// @param limit how long it may run, from its start on a worker, before its worker is ended and its
///   future fails with [TaskFailure.TimedOut]; empty for the pool's own limit. It may be longer
///   than the pool's
/// @param onProgress hears what the task reports with [TaskContext#progress] while it runs, as
///   maps, lists and scalars; called on the worker's channel thread, in order, before the future
///   completes
/// @param input what the task reads with [TaskContext#input]; empty for nothing
/// @param output where what the task writes to [TaskContext#output] goes
public record TaskOptions(
    Optional<Duration> limit,
    Consumer<@Nullable Object> onProgress,
    Source input,
    OutputStream output) {

  /// A file, say: `() -> Files.newInputStream(path)`.
  @FunctionalInterface
  public interface Source {

    /// Called on a thread of the pool when a task begins to read; what it returns is closed.
    ///
    /// @throws IOException whatever is wrong; the task that reads gets it as a
    ///   [dev.forklab.fork.stream.StreamException]
    InputStream open() throws IOException;
  }

  /// The pool's limit, nobody who hears of progress, no input, and a sink that drops.
  public static final TaskOptions DEFAULT =
      new TaskOptions(
          Optional.empty(), _ -> {}, InputStream::nullInputStream, OutputStream.nullOutputStream());

  public TaskOptions {
    if (limit.isPresent() && !limit.get().isPositive()) {
      throw new IllegalArgumentException("expected a positive limit, found " + limit.get());
    }
  }

  public TaskOptions withLimit(Duration time) {
    return new TaskOptions(Optional.of(time), onProgress, input, output);
  }

  public TaskOptions withProgress(Consumer<@Nullable Object> listener) {
    return new TaskOptions(limit, listener, input, output);
  }

  public TaskOptions withInput(Source source) {
    return new TaskOptions(limit, onProgress, source, output);
  }

  /// With a sink for what the task writes.
  ///
  /// @param sink written to by a thread of the pool, and flushed before the future completes; not
  ///   closed. If it throws, the task's next write does
  public TaskOptions withOutput(OutputStream sink) {
    return new TaskOptions(limit, onProgress, input, sink);
  }
}
