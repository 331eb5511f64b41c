package dev.forklab.fork;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The future of one message that was sent. Once the sender has it, it may have stages, which may
/// block: then it is completed by a thread of its own and not by the one that wrote, which the
/// channel needs. It is no virtual one: those wait while others keep the CPUs busy.
final class Receipt implements SendCallback {

  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().name("fork-receipt").daemon().factory());

  private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
  // Guarded by this.
  private boolean handedOut;

  synchronized CompletableFuture<@Nullable Void> handOut() {
    handedOut = true;
    return future;
  }

  @Override
  public synchronized void done(@Nullable ForkError error) {
    if (!handedOut) {
      complete(error);
      return;
    }
    try {
      THREADS.execute(() -> complete(error));
    } catch (OutOfMemoryError _) {
      complete(error); // The system has no more threads to give: on this one rather than never.
    }
  }

  private void complete(@Nullable ForkError error) {
    if (error == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(error);
    }
  }
}
