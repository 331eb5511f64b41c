package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Written;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One submitted message and its future. The pool's lock guards the mutable fields, but for
/// `written`.
final class Task implements Written {

  /// Where a task is. `WAITING -> SENT -> ENDED`; back to `WAITING` when its worker died and it had
  /// provably not started; to `ENDED` from everywhere.
  enum State {
    /// In the pool's queue.
    WAITING,
    /// In a worker's channel, running or about to.
    SENT,
    /// Completed, or given up by its owner while it waited.
    ENDED
  }

  final long id;
  final Frame frame;
  final Consumer<byte[]> onProgress;
  final CompletableFuture<byte[]> future;
  State state = State.WAITING;
  boolean admitted = true;
  int deaths;
  final long submittedNanos = System.nanoTime();
  long startedNanos;
  // Written by the thread that wrote the frame's last byte, before the worker can have it whole;
  // read after the worker's death.
  private volatile boolean written;

  Task(long id, byte[] body, Consumer<byte[]> onProgress, Consumer<Task> onCancel) {
    this.onProgress = onProgress;
    this.id = id;
    this.frame = new Frame(FrameKind.TASK, id, body);
    this.future = new TaskFuture(this, onCancel);
  }

  /// Whether a worker may have it whole. If not, it cannot have started.
  boolean written() {
    return written;
  }

  void backToQueue() {
    state = State.WAITING;
    written = false;
  }

  @Override
  public void done(@Nullable IOException failure) {
    if (failure == null) {
      written = true;
    }
  }

  /// Tells the pool when its owner cancels it.
  private static final class TaskFuture extends CompletableFuture<byte[]> {
    private final Task task;
    private final Consumer<Task> onCancel;

    TaskFuture(Task task, Consumer<Task> onCancel) {
      this.task = task;
      this.onCancel = onCancel;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelledBefore = isCancelled();
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled && !cancelledBefore) {
        onCancel.accept(task);
      }
      return cancelled;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }
}
