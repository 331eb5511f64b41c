package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.MessageClock;
import dev.forklab.fork.channel.MessageClock.Part;
import dev.forklab.fork.channel.Written;
import dev.forklab.fork.codec.CodecException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request and its future. The pool's lock guards the mutable fields.
final class Job<R extends @Nullable Object> {

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
  private final TaskType type;
  private final boolean named;
  final TaskOptions how;
  final long limitNanos;
  final CompletableFuture<R> future;
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
  // Of its worker's channel thread, which hands the second on to the thread that copies.
  boolean inputAsked;
  private volatile @Nullable CompletableFuture<@Nullable Void> output;

  /// @param named whether the worker must be told the task's name: it is not the pool's own
  /// @param limitNanos how long it may run
  Job(
      long id,
      TaskType type,
      boolean named,
      byte[] body,
      TaskOptions how,
      long limitNanos,
      Consumer<Job<?>> onCancel) {
    this.id = id;
    this.type = type;
    this.named = named;
    this.how = how;
    this.limitNanos = limitNanos;
    this.frame = new Frame(FrameKind.TASK, id, body);
    this.future = new JobFuture<>(this, onCancel);
  }

  /// What its worker must be told before, if it is not the pool's own task.
  Optional<Frame> name() {
    return named
        ? Optional.of(new Frame(FrameKind.TASK_NAME, id, type.name().getBytes(UTF_8)))
        : Optional.empty();
  }

  /// Its reply has come.
  ///
  /// @throws CodecException if it is none
  @SuppressWarnings("unchecked") // The type's replies are of that type.
  void reply(byte[] body, MessageClock clock) throws CodecException {
    long begun = clock.begin();
    Object reply = type.replies().decode(body);
    clock.end(Part.DECODE, begun);
    future.complete((R) reply);
  }

  /// It has begun to write its output; true if it had before. On its worker's channel thread.
  boolean outputOpened() {
    boolean before = output != null;
    if (!before) {
      output = new CompletableFuture<>();
    }
    return before;
  }

  /// All of its output is with its submitter, or will never be.
  void outputCopied(@Nullable Throwable failure) {
    CompletableFuture<@Nullable Void> open = output;
    if (open != null && failure == null) {
      open.complete(null);
    } else if (open != null) {
      open.completeExceptionally(failure);
    }
  }

  /// Whether it has written output. On its worker's channel thread.
  boolean hasOutput() {
    return output != null;
  }

  /// Calls `then` when all of its output is with its submitter; if that fails, so does the task.
  void whenOutputCopied(Runnable then) {
    Objects.requireNonNull(output)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            then.run();
          } else {
            future.completeExceptionally(TaskFailure.Threw.local(failure));
          }
        });
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
    inputAsked = false;
    output = null;
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
  private static final class JobFuture<R extends @Nullable Object> extends CompletableFuture<R> {
    private final Job<R> job;
    private final Consumer<Job<?>> onCancel;

    JobFuture(Job<R> job, Consumer<Job<?>> onCancel) {
      this.job = job;
      this.onCancel = onCancel;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelledBefore = isCancelled();
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled && !cancelledBefore) {
        onCancel.accept(job);
      }
      return cancelled;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }
}
