package dev.forklab.fork.pool;

import java.io.IOException;
import java.io.UncheckedIOException;

/// How a running task tells its submitter how far it is: [#report] in the workload, the listener of
/// [TaskOptions#onProgress()] in the parent.
public final class TaskProgress {

  /// Where reports of the task that this thread runs go; bound by the child around each task.
  static final ScopedValue<Reporter> CURRENT = ScopedValue.newInstance();

  @FunctionalInterface
  interface Reporter {
    void report(byte[] progress) throws IOException;
  }

  private TaskProgress() {}

  /// Tells the submitter something about the task that this thread runs. Arrives before the reply,
  /// in order. Blocks while the parent does not take what was reported before. Outside of a
  /// [ForkPool]'s child it does nothing.
  public static void report(byte[] progress) {
    if (!CURRENT.isBound()) {
      return;
    }
    try {
      CURRENT.get().report(progress);
    } catch (IOException e) {
      throw new UncheckedIOException("a task's progress was not sent", e);
    }
  }
}
