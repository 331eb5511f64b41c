package dev.forklab.fork.cluster;

import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.pool.RestartPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a [Cluster] is started with: made with [Cluster#of], changed by the methods below, each of
/// which gives a changed copy. Immutable.
///
/// Listeners are called one at a time, on a thread of their own, except that of messages, which is
/// called on the thread of the worker's channel; each replaces an earlier one of the same event.
/// The futures of a cluster are completed on the same thread, in turn: a listener must not wait for
/// one.
public final class ClusterOptions implements Cloneable {

  /// The most workers that a cluster accepts: a bound on mistakes, far above any machine's use.
  public static final int MAX_WORKERS = 1024;

  /// Node's.
  private static final int DEFAULT_BACKLOG = 511;

  // Changed by copy's caller only, before anyone else knows the copy.
  final Class<?> mainClass;
  int workers;
  InetSocketAddress address = new InetSocketAddress(0);
  int backlog = DEFAULT_BACKLOG;
  ClusterPolicy policy = ClusterPolicy.SHARED;
  ForkOptions fork = ForkOptions.DEFAULT;
  Duration startTimeout = Duration.ofMinutes(1);
  Duration drain = Duration.ofSeconds(10);
  Optional<RestartPolicy> restarts = Optional.empty();
  Consumer<ClusterMember> onOnline = _ -> {};
  Consumer<ClusterMember> onListening = _ -> {};
  Consumer<ClusterMember> onDisconnect = _ -> {};
  BiConsumer<ClusterMember, Exit> onExit = (_, _) -> {};
  Optional<BiConsumer<ClusterMember, @Nullable Object>> onMessage = Optional.empty();

  ClusterOptions(Class<?> mainClass, int workers) {
    this.mainClass = mainClass;
    this.workers = requireWorkers(workers);
  }

  static int requireWorkers(int count) {
    if (count < 1 || count > MAX_WORKERS) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAX_WORKERS + " workers, found " + count);
    }
    return count;
  }

  private ClusterOptions with(Consumer<ClusterOptions> change) {
    try {
      ClusterOptions copy = (ClusterOptions) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /// Binds the address and starts the workers. Returns before they listen; see
  /// [Cluster#listening()].
  ///
  /// @throws java.net.BindException if the address cannot be bound; the message says why
  /// @throws IOException if this platform cannot share a port
  public Cluster start() throws IOException {
    return Cluster.start(this);
  }

  /// What the workers listen on; port 0, the default, is one that is free, the same for all.
  public ClusterOptions listen(InetSocketAddress to) {
    return with(copy -> copy.address = to);
  }

  /// How many connections the system keeps while no worker accepts them; 511 by default, and at
  /// most `net.core.somaxconn`.
  public ClusterOptions backlog(int connections) {
    if (connections < 1) {
      throw new IllegalArgumentException("expected a backlog of 1 or more, found " + connections);
    }
    return with(copy -> copy.backlog = connections);
  }

  /// Who gets a connection; [ClusterPolicy#SHARED] by default.
  public ClusterOptions policy(ClusterPolicy choice) {
    return with(copy -> copy.policy = choice);
  }

  /// How workers are forked: arguments, heap, standard streams and the like.
  public ClusterOptions fork(ForkOptions options) {
    return with(copy -> copy.fork = options);
  }

  /// How long a worker may take until it listens; one that takes longer is killed. A minute by
  /// default.
  public ClusterOptions startTimeout(Duration limit) {
    return with(copy -> copy.startTimeout = requirePositive("start timeout", limit));
  }

  /// How long a worker may take to end its work when it has been asked to; one that takes longer is
  /// killed, with the connections that it holds. 10 seconds by default.
  public ClusterOptions drain(Duration limit) {
    return with(copy -> copy.drain = requirePositive("drain time", limit));
  }

  /// How often workers may die, and what then; [RestartPolicy#forWorkers] by default. Every death
  /// counts, except those of workers that were asked to end.
  public ClusterOptions restarts(RestartPolicy choice) {
    return with(copy -> copy.restarts = Optional.of(choice));
  }

  RestartPolicy restarts() {
    return restarts.orElseGet(() -> RestartPolicy.forWorkers(workers));
  }

  /// Called when a worker's program has asked for its [ClusterWorker].
  public ClusterOptions onOnline(Consumer<ClusterMember> listener) {
    return with(copy -> copy.onOnline = listener);
  }

  /// Called when a worker gets connections from now on.
  public ClusterOptions onListening(Consumer<ClusterMember> listener) {
    return with(copy -> copy.onListening = listener);
  }

  /// Called when a worker's channel has ended.
  public ClusterOptions onDisconnect(Consumer<ClusterMember> listener) {
    return with(copy -> copy.onDisconnect = listener);
  }

  /// Called once for each worker, when it has ended, however that was.
  public ClusterOptions onExit(BiConsumer<ClusterMember, Exit> listener) {
    return with(copy -> copy.onExit = listener);
  }

  /// Called with each message of each worker, as maps, lists and scalars.
  public ClusterOptions onMessage(BiConsumer<ClusterMember, @Nullable Object> listener) {
    return with(copy -> copy.onMessage = Optional.of(listener));
  }

  private static Duration requirePositive(String what, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("expected a positive " + what + ", found " + value);
    }
    return value;
  }
}
