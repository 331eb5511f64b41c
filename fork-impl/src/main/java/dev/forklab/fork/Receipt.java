package dev.forklab.fork;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The future of one message that was sent. Once the sender has it, it may have stages, which may
/// block: then it is completed by a virtual thread of its own and not by the one that wrote, which
/// the channel needs.
final class Receipt implements SendCallback {

  private final CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
  // Guarded by this.
  private boolean handedOut;

  synchronized CompletableFuture<@Nullable Void> handOut() {
    handedOut = true;
    return future;
  }

  @Override
  public synchronized void done(@Nullable ForkError error) {
    if (handedOut) {
      Thread.ofVirtual().name("fork-receipt").start(() -> complete(error));
    } else {
      complete(error);
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
