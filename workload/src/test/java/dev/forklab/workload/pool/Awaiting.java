package dev.forklab.workload.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.fork.pool.TaskFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Waiting for conditions. The bound is only there so that a broken pool fails instead of hanging.
final class Awaiting {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Awaiting() {}

  /// The reply; fails if there is none.
  static byte[] replyOf(CompletableFuture<byte[]> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// The failure; fails if there is none.
  static TaskFailure failureOf(CompletableFuture<byte[]> future) {
    settled(future);
    assertThat(future.isCompletedExceptionally()).as("failed").isTrue();
    return TaskFailure.of(future.handle((reply, thrown) -> thrown).join());
  }

  /// Waits until the future is done, well or badly.
  static void settled(CompletableFuture<?> future) {
    assertThat(future.handle((reply, thrown) -> "done")).succeedsWithin(PATIENCE);
  }

  static void exists(Path file) {
    until("file " + file, () -> Files.exists(file));
  }

  /// Waits until the condition holds; looks often, for it mostly holds soon.
  static void until(String what, Callable<Boolean> condition) {
    await(what)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(condition);
  }

  /// A call made by a thread of its own, because it is expected to block.
  static final class Call<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Call(FutureTask<T> task) {
      this.task = task;
      this.thread = Thread.ofPlatform().name("caller").start(task);
    }

    static <T> Call<T> start(Callable<T> body) {
      return new Call<>(new FutureTask<>(body));
    }

    /// Waits until the thread waits, or has returned.
    Call<T> awaitBlocked() {
      await("caller blocked")
          .atMost(PATIENCE)
          .until(() ->
              switch (thread.getState()) {
                case WAITING, TIMED_WAITING, TERMINATED -> true;
                case NEW, RUNNABLE, BLOCKED -> false;
              });
      return this;
    }

    void interrupt() {
      thread.interrupt();
    }

    boolean hasReturned() {
      return task.isDone();
    }

    T result() throws Exception {
      T result = task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      thread.join(PATIENCE);
      return result;
    }
  }
}
