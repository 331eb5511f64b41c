package dev.forklab.fork.cluster;

import dev.forklab.fork.data.Exit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Tells a cluster's listeners, in order, on a thread of their own: one that blocks does not hold
/// up the cluster, and one that throws does not silence the next.
final class ClusterEvents {

  private static final ThreadLocal<Boolean> IN_LISTENER = new ThreadLocal<>();

  private final ClusterOptions options;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "fork-cluster-events"));

  ClusterEvents(ClusterOptions options) {
    this.options = options;
  }

  /// Runs this after what there is to tell.
  void tell(Runnable listener) {
    thread.execute(() -> mark(listener));
  }

  private static void mark(Runnable listener) {
    IN_LISTENER.set(true);
    try {
      listener.run();
    } finally {
      IN_LISTENER.remove();
    }
  }

  /// Whether the calling thread is in a listener, for which the end of the cluster waits.
  boolean isInListener() {
    return IN_LISTENER.get() != null;
  }

  /// Has a worker's messages heard, on the thread of its channel.
  void hearMessages(ClusterMember worker) {
    options.onMessage.ifPresent(listener ->
        worker.process().onMessage(message -> mark(() -> listener.accept(worker, message))));
  }

  void online(ClusterMember worker) {
    tell(() -> options.onOnline.accept(worker));
  }

  void listening(ClusterMember worker) {
    tell(() -> options.onListening.accept(worker));
  }

  void disconnected(ClusterMember worker) {
    tell(() -> options.onDisconnect.accept(worker));
  }

  void exited(ClusterMember worker, Exit exit) {
    tell(() -> options.onExit.accept(worker, exit));
  }

  /// Something that nobody asked for, in words.
  void trouble(String words) {
    tell(() -> options.restarts().onTrouble().accept(words));
  }

  /// Runs this after what there is to tell, and ends.
  void close(Runnable last) {
    thread.execute(last);
    thread.shutdown();
  }

  /// Blocks until it has ended.
  void join() throws InterruptedException {
    while (!thread.awaitTermination(1, TimeUnit.HOURS)) {
      // A listener takes its time.
    }
  }
}
