package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameChannel;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.stream.StreamOutput;
import dev.forklab.fork.stream.Streams;
import dev.forklab.fork.stream.Waiting;
import dev.forklab.fork.thread.PoolThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streams of one worker's tasks: what a task reads is written to it, and what it writes is
/// written to its submitter's sink, each on a thread of its own. A stream is named as its task's
/// id.
final class WorkerStreams {

  private final Streams streams;
  // The tasks whose output has been opened, by their streams' names, until a thread copies it.
  private final Map<String, Job<?>> opened = new ConcurrentHashMap<>();

  /// @param onViolation told in words when the worker does what it may not
  WorkerStreams(FrameChannel channel, int maxFrameBytes, Consumer<String> onViolation) {
    streams =
        new Streams(
            channel, maxFrameBytes, Waiting.besideListeners(() -> false), true, onViolation);
    streams.listen(this::copyOutput);
  }

  // ---- On the channel's thread ----

  /// The worker asks for the input of the task that it runs.
  ///
  /// @throws IOException if it may not
  void inputAsked(@Nullable Job<?> running, Frame frame) throws IOException {
    Job<?> task = require(running, Long.toString(frame.id()));
    if (task.inputAsked) {
      throw new IOException("expected task %s to ask for its input once".formatted(task.id));
    }
    task.inputAsked = true;
    String name = Long.toString(task.id);
    Thread.ofPlatform().daemon().name("fork-input " + name).start(() -> copyInput(task, name));
  }

  /// A stream's frame has come.
  ///
  /// @throws IOException if it opens a stream that is not the output of what the worker runs
  void receive(@Nullable Job<?> running, Frame frame) throws IOException {
    if (frame.kind() == FrameKind.STREAM_OPEN) {
      String name = Streams.nameOf(frame);
      Job<?> task = require(running, name);
      if (task.outputOpened()) {
        throw new IOException("expected one output of task %s, found two".formatted(task.id));
      }
      opened.put(name, task);
    }
    streams.receive(frame);
  }

  private static Job<?> require(@Nullable Job<?> running, String id) throws IOException {
    if (running == null || !Long.toString(running.id).equals(id)) {
      throw new IOException(
          "expected a stream of %s, found one of task %s"
              .formatted(running == null ? "no task" : "task " + running.id, id));
    }
    return running;
  }

  void end() {
    streams.end();
  }

  // ---- On threads of their own ----

  private void copyInput(Job<?> task, String name) {
    try (StreamOutput to = streams.open(name)) {
      try (InputStream from = task.how.input().open()) {
        from.transferTo(to);
      } catch (IOException | RuntimeException | Error e) {
        to.abort("the submitter's input failed: " + e);
      }
    } catch (IOException _) {
      // The task reads no more, or its worker has ended: then it has been told so.
    }
  }

  private void copyOutput(String name, InputStream from) throws IOException {
    PoolThread.mark(); // Completing the task's future is left to this thread.
    Job<?> task = opened.remove(name);
    if (task == null) {
      from.close();
      return;
    }
    OutputStream to = task.how.output();
    try (from) {
      from.transferTo(to);
      to.flush();
      task.outputCopied(null);
    } catch (IOException | RuntimeException | Error e) {
      task.outputCopied(e); // The worker may have ended: then its task has failed already.
    }
  }
}
