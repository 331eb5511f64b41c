package dev.forklab.fork.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stands in for a throwable of another process: prints as the original would, with its stack.
public final class RemoteThrowable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String type;

  public RemoteThrowable(
      String type,
      @Nullable String message,
      List<StackTraceElement> stack,
      @Nullable Throwable cause) {
    super(message, cause);
    this.type = type;
    setStackTrace(stack.toArray(StackTraceElement[]::new));
  }

  /// The binary name of the original's class.
  public String type() {
    return type;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // It stands for a throwable of another class.
  public String toString() {
    String message = getMessage();
    return message == null ? type : type + ": " + message;
  }
}
