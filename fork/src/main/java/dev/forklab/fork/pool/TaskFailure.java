package dev.forklab.fork.pool;

import dev.forklab.fork.data.Exit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Why a task has no reply. A future of [ForkPool#submit] that fails, fails with one of these; a
/// future that its owner cancelled throws [CancellationException], as the JDK prescribes, and [#of]
/// turns that into [Cancelled].
public abstract sealed class TaskFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TaskFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The failure behind whatever `get`, `join` or a dependent stage threw.
  ///
  /// @throws IllegalArgumentException if `thrown` does not come from a pool
  public static TaskFailure of(Throwable thrown) {
    Throwable current = thrown;
    while (current instanceof CompletionException || current instanceof ExecutionException) {
      Throwable cause = current.getCause();
      if (cause == null) {
        break;
      }
      current = cause;
    }
    return switch (current) {
      case TaskFailure failure -> failure;
      case CancellationException cancelled -> new Cancelled(cancelled);
      default ->
          throw new IllegalArgumentException("expected a pool's failure, found " + thrown, thrown);
    };
  }

  /// The task itself threw.
  public static final class Threw extends TaskFailure {
    private static final long serialVersionUID = 1L;
    private final String thrownClass;
    private final @Nullable String thrownMessage;
    private final StackTraceElement[] thrownStack;

    private Threw(
        String thrownClass,
        @Nullable String thrownMessage,
        List<StackTraceElement> thrownStack,
        @Nullable Throwable cause) {
      super(
          "the task threw " + thrownClass + (thrownMessage == null ? "" : ": " + thrownMessage),
          cause);
      this.thrownClass = thrownClass;
      this.thrownMessage = thrownMessage;
      this.thrownStack = thrownStack.toArray(new StackTraceElement[0]);
    }

    /// Thrown in this process: the cause is the original.
    public static Threw local(Throwable thrown) {
      return new Threw(
          thrown.getClass().getName(), messageOf(thrown), List.of(thrown.getStackTrace()), thrown);
    }

    /// A message may be computed by code that throws in its turn; the failure must come through.
    private static @Nullable String messageOf(Throwable thrown) {
      try {
        return thrown.getMessage();
      } catch (Throwable broken) {
        return "(its getMessage threw " + broken.getClass().getName() + ")";
      }
    }

    /// Thrown in another process, described by its class, message and stack; the cause, if any, is
    /// a stand-in that shows the remote stack when printed.
    public static Threw remote(
        String thrownClass,
        @Nullable String thrownMessage,
        List<StackTraceElement> thrownStack,
        @Nullable Throwable cause) {
      return new Threw(thrownClass, thrownMessage, thrownStack, cause);
    }

    /// The binary name of the class that the task threw.
    public String thrownClass() {
      return thrownClass;
    }

    /// Its message, or null if it had none.
    public @Nullable String thrownMessage() {
      return thrownMessage;
    }

    /// Its stack, innermost frame first.
    public List<StackTraceElement> thrownStack() {
      return List.of(thrownStack);
    }
  }

  /// The worker process died while it held the task.
  public static final class WorkerDied extends TaskFailure {
    private static final long serialVersionUID = 1L;
    private static final int NONE = -1;
    private final long pid;
    // Not the exit itself: a failure can be serialized.
    private final int code;
    private final @Nullable String signal;

    public WorkerDied(long pid, Exit exit) {
      super("worker " + pid + " died while it held the task: " + exit.describe(), null);
      this.pid = pid;
      this.code = exit.code().orElse(NONE);
      this.signal = exit.signal().orElse(null);
    }

    /// The dead worker's process id.
    public long pid() {
      return pid;
    }

    /// How it ended.
    public Exit exit() {
      String killer = signal;
      return code != NONE
          ? Exit.withCode(code)
          : killer != null ? Exit.bySignal(killer) : Exit.UNKNOWN;
    }
  }

  /// The task ran longer than its limit.
  public static final class TimedOut extends TaskFailure {
    private static final long serialVersionUID = 1L;

    public TimedOut(Duration limit) {
      super("the task ran longer than its limit of " + limit.toMillis() + " ms", null);
    }
  }

  /// The owner of the future cancelled the task.
  public static final class Cancelled extends TaskFailure {
    private static final long serialVersionUID = 1L;

    private Cancelled(CancellationException cause) {
      super("the task was cancelled by its owner", cause);
    }
  }

  /// The queue was full, and the pool rejects rather than blocks.
  public static final class Rejected extends TaskFailure {
    private static final long serialVersionUID = 1L;

    public Rejected(int queueCapacity) {
      super("the queue is full: " + queueCapacity + " tasks wait; submit again later", null);
    }
  }

  /// The pool was closed before the task was done, or before it was submitted.
  public static final class PoolClosed extends TaskFailure {
    private static final long serialVersionUID = 1L;

    public PoolClosed(String detail) {
      super(detail, null);
    }
  }
}
