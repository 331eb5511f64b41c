package dev.forklab.fork.cluster;

import dev.forklab.fork.process.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Workers that share a server's port: Node's `cluster`.
///
/// This process, the primary, binds the address and keeps it; its workers, forked JVMs that run one
/// main class, accept its connections ([ClusterWorker#listener()]). A worker that dies is replaced.
/// Nothing is refused meanwhile, even if no worker lives: connections wait in the backlog.
///
/// Safe for use by many threads. As in Node, the primary's JVM stays until the cluster is closed.
/// If the primary ends otherwise, its workers do too.
public final class Cluster implements AutoCloseable {

  private final Sockets sockets;
  private final int listener;
  private final InetSocketAddress address;
  private final ClusterLoop loop;
  private final ClusterEvents events;
  private final ClusterSupervisor supervisor;
  private final CompletableFuture<@Nullable Void> listening = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  // Written by the loop's thread, read by any.
  private volatile List<ClusterMember> members = List.of();

  private Cluster(ClusterOptions options, Sockets sockets, int listener) throws IOException {
    this.sockets = sockets;
    this.listener = listener;
    address = sockets.localAddress(listener);
    WorkerLauncher launcher = new WorkerLauncher(options, sockets, listener);
    loop = new ClusterLoop(sockets);
    events = new ClusterEvents(options);
    Optional<Passing> passing =
        options.policy.isPassed()
            ? Optional.of(
                new Passing(sockets, loop, listener, options.policy == ClusterPolicy.BY_ADDRESS))
            : Optional.empty();
    supervisor =
        new ClusterSupervisor(options, sockets, loop, events, launcher, passing, new Ends());
  }

  /// A cluster of this many workers that run the main class, to be changed and started.
  ///
  /// @throws IllegalArgumentException if that is not 1 to [ClusterOptions#MAX_WORKERS]
  public static ClusterOptions of(Class<?> mainClass, int workers) {
    return new ClusterOptions(mainClass, workers);
  }

  static Cluster start(ClusterOptions options) throws IOException {
    Sockets sockets = Sockets.ofThisPlatform();
    int listener = sockets.listen(options.address, kind(options));
    try {
      Cluster cluster = new Cluster(options, sockets, listener);
      cluster.loop.start();
      cluster.ask(cluster.listening, (to, future) -> to.scale(options.workers, future));
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      sockets.close(listener);
      throw e;
    }
  }

  private static Sockets.Kind kind(ClusterOptions options) {
    return switch (options.policy) {
      case SHARED -> new Sockets.Kind(options.backlog, false, true);
      case ROUND_ROBIN, BY_ADDRESS -> new Sockets.Kind(options.backlog, false, false);
      case REUSE_PORT -> new Sockets.Kind(Sockets.Kind.RESERVED, true, true);
    };
  }

  private CompletableFuture<@Nullable Void> ask(
      CompletableFuture<@Nullable Void> future,
      BiConsumer<ClusterSupervisor, CompletableFuture<@Nullable Void>> task) {
    loop.post(() -> task.accept(supervisor, future));
    ended.whenComplete(
        (_, _) -> future.completeExceptionally(new IllegalStateException("the cluster is closed")));
    return future;
  }

  /// What the workers listen on, with the port that was chosen.
  public InetSocketAddress address() {
    return address;
  }

  /// Completed when all of the first workers listen; fails if the cluster ends before.
  public CompletableFuture<@Nullable Void> listening() {
    return listening.copy();
  }

  /// The workers that live, those included that start or end.
  public List<ClusterMember> members() {
    return members;
  }

  /// Replaces all workers, one after the other: a new one is started, and when it listens the old
  /// one drains and ends. No connection is lost, except those that a worker still holds after
  /// [ClusterOptions#drain].
  ///
  /// @return completed when all new ones listen and all old ones have ended; fails, in words, if a
  ///   new one ends before it listens (then the old ones go on), or if the cluster ends
  public CompletableFuture<@Nullable Void> reload() {
    return ask(new CompletableFuture<>(), ClusterSupervisor::reload);
  }

  /// Changes the number of workers.
  ///
  /// @return completed when the new ones listen and those that are too many have drained and ended;
  ///   fails if the cluster ends before
  /// @throws IllegalArgumentException if that is not 1 to [ClusterOptions#MAX_WORKERS]
  public CompletableFuture<@Nullable Void> scale(int workers) {
    ClusterOptions.requireWorkers(workers);
    return ask(new CompletableFuture<>(), (to, future) -> to.scale(workers, future));
  }

  /// Completed when the last worker has ended after [#close()]; fails, in words, if workers died or
  /// failed to start more often than the restart policy allows.
  public CompletableFuture<@Nullable Void> ended() {
    return ended.copy();
  }

  /// Gives the port back, lets the workers drain, kills those that take longer than
  /// [ClusterOptions#drain], and returns when the last has ended. Called by a listener, it does not
  /// wait. If the calling thread is interrupted, the workers are killed at once.
  @Override
  public void close() {
    loop.post(supervisor::close);
    if (events.isInListener()) {
      return;
    }
    try {
      loop.join();
      events.join();
    } catch (InterruptedException _) {
      members.forEach(worker -> worker.process().kill("SIGKILL"));
      Thread.currentThread().interrupt();
    }
  }

  /// What the supervisor tells, on the loop's thread.
  private final class Ends implements ClusterSupervisor.Owner {

    @Override
    public void membersAre(List<ClusterMember> now) {
      members = now;
    }

    @Override
    public void closing() {
      loop.forget(listener);
      sockets.close(listener);
    }

    @Override
    public void ended(@Nullable String failure) {
      loop.stop();
      events.close(() -> {
        if (failure == null) {
          ended.complete(null);
        } else {
          ended.completeExceptionally(new IllegalStateException(failure));
        }
      });
    }
  }
}
