package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.Written;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One submitted message and its future. The pool's lock guards the mutable fields.
final class Task {

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

  // By which it and its worker know it. Another one after a recall: the worker that had it may be
  // given it again before it has said that it did not start it.
  long id;
  Frame frame;
  final Consumer<byte[]> onProgress;
  final long limitNanos;
  final CompletableFuture<byte[]> future;
  State state = State.WAITING;
  boolean admitted = true;
  int deaths;
  // How many workers have died with this task first, before they had all its bytes.
  int vainDeliveries;
  // Whether the worker that holds it was asked not to start it.
  boolean revoked;
  final long submittedNanos = System.nanoTime();
  long startedNanos;
  private @Nullable Sending sending;

  Task(long id, byte[] body, TaskOptions options, long limitNanos, Consumer<Task> onCancel) {
    this.onProgress = options.onProgress();
    this.limitNanos = limitNanos;
    this.id = id;
    this.frame = new Frame(FrameKind.TASK, id, body);
    this.future = new TaskFuture(this, onCancel);
  }

  /// When it must have ended, if it has started.
  long deadlineNanos() {
    return Moment.after(startedNanos, limitNanos);
  }

  /// It is given to a worker: what the channel must be told to tell.
  Written sent() {
    state = State.SENT;
    revoked = false;
    Sending attempt = new Sending();
    sending = attempt;
    return attempt;
  }

  /// Whether the worker may have it whole. If not, it cannot have started.
  boolean maybeArrived() {
    Sending attempt = sending;
    return attempt != null && attempt.maybeArrived;
  }

  /// Takes it back from a worker that will say of `id`, at some time, that it did not start it.
  void recalled(long newId) {
    id = newId;
    frame = new Frame(FrameKind.TASK, newId, frame.body());
    backToQueue();
  }

  void backToQueue() {
    state = State.WAITING;
    sending = null;
  }

  /// One attempt to write it to a worker. What the channel of an earlier worker still says counts
  /// for nothing.
  private static final class Sending implements Written {

    // Set by the thread that writes, before the last byte is; read after the worker's death, which
    // that byte came before.
    private volatile boolean maybeArrived;

    @Override
    public void leaving() {
      maybeArrived = true;
    }

    @Override
    public void done(@Nullable IOException failure) {
      maybeArrived = failure == null;
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
