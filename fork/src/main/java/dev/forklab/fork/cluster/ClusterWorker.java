package dev.forklab.fork.cluster;

import dev.forklab.fork.Parent;
import dev.forklab.fork.process.SocketPassing;
import dev.forklab.fork.process.SocketPassing.Received;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The cluster, as one of its workers sees it: the server socket of the shared address, and the
/// request to end.
///
/// Messages are those of [Parent#get()]. Safe for use by many threads.
///
/// **Drain.** When the primary reloads, shrinks or closes the cluster, [#listener()]'s `accept`
/// throws a [java.nio.channels.ClosedChannelException], and the drain listeners are called. The
/// worker then ends what it has begun and returns from `main`; that it listens to messages does not
/// keep it. A connection that is kept alive should get `Connection: close` with its next response
/// ([#isDraining]). One that is still there after [ClusterOptions#drain] is killed.
///
/// SIGINT and SIGTERM end a worker as any JVM: close the cluster in a shutdown hook of the primary.
public final class ClusterWorker {

  // A process has one. Set once, by the first find.
  private static @Nullable ClusterWorker instance;

  private final WorkerSetup setup;
  private final InputStream in;
  private final OutputStream out;
  private final Object lock = new Object();
  // Guarded by lock.
  private @Nullable ServerSocketChannel listener;
  private final List<Runnable> drainListeners = new ArrayList<>();
  // Written under lock, read by any.
  private volatile boolean draining;

  private ClusterWorker() throws IOException {
    var control = JdkChannels.descriptor(WorkerSetup.CONTROL_DESCRIPTOR);
    in = new FileInputStream(control);
    out = new FileOutputStream(control);
    setup = WorkerSetup.read(in);
  }

  /// This process's.
  ///
  /// @throws IllegalStateException if this process is not a cluster's worker
  public static ClusterWorker get() {
    return find()
        .orElseThrow(() ->
            new IllegalStateException(
                "expected a worker of a cluster, found a process that was started otherwise; start"
                    + " this class with Cluster.of"));
  }

  /// This process's, if it is a cluster's worker.
  ///
  /// @throws UncheckedIOException if it is, but this JVM cannot make a channel of what it was given
  public static synchronized Optional<ClusterWorker> find() {
    if (instance == null && System.getProperty(WorkerSetup.PROPERTY) != null) {
      try {
        instance = new ClusterWorker();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      instance.begin();
    }
    return Optional.ofNullable(instance);
  }

  private void begin() {
    tell(ControlWord.ONLINE);
    Thread.ofPlatform().daemon().name("fork-cluster").start(this::obey);
  }

  /// Which worker this is: 1 for the first that was started, 2 for the next, replacements included.
  public int id() {
    return setup.id();
  }

  /// The server socket of the cluster's address, the same each time. With the first call this
  /// worker is listening: from then on it gets connections.
  ///
  /// Its `accept` blocks, and may be called by many threads, also by virtual ones; it cannot be
  /// registered with a selector, except with [ClusterPolicy#REUSE_PORT]. The channels that it
  /// returns are the JDK's own. For a [java.net.ServerSocket], take its `socket()`.
  ///
  /// @throws IOException if this JVM cannot make a channel of the socket, or the address cannot be
  ///   bound ([ClusterPolicy#REUSE_PORT]); the message says why
  public ServerSocketChannel listener() throws IOException {
    synchronized (lock) {
      if (listener == null) {
        listener = open();
        if (draining) {
          end(listener);
        } else {
          tell(ControlWord.LISTENING);
        }
      }
      return listener;
    }
  }

  private ServerSocketChannel open() throws IOException {
    return switch (setup.policy()) {
      case SHARED ->
          new SharedListener(
              JdkChannels.listener(WorkerSetup.LISTENER_DESCRIPTOR, setup.ipv6()), setup.address());
      case ROUND_ROBIN, BY_ADDRESS -> new PassedListener(setup.address(), setup.ipv6(), this::tell);
      case REUSE_PORT -> {
        ServerSocketChannel own = ServerSocketChannel.open();
        try {
          own.setOption(StandardSocketOptions.SO_REUSEPORT, true);
          yield own.bind(setup.address(), setup.backlog());
        } catch (IOException e) {
          own.close();
          throw new IOException("cannot listen on " + setup.address() + ": " + e.getMessage(), e);
        }
      }
    };
  }

  /// Whether this worker has been asked to end: it gets no more connections.
  public boolean isDraining() {
    return draining;
  }

  /// Calls this once when this worker is asked to end, or at once if it has been. Until all such
  /// listeners have returned, the process stays, though `main` may have returned.
  public ClusterWorker onDrain(Runnable listener) {
    synchronized (lock) {
      if (!draining) {
        drainListeners.add(listener);
        return this;
      }
    }
    listener.run();
    return this;
  }

  // ---- The primary's words, on a thread of their own ----

  private void obey() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = obey(next());
      }
    } catch (IOException _) {
      drain(); // Nothing will come any more.
    }
  }

  /// Reading by Java alone is a good part of the start of a JVM faster than calling C.
  private Received next() throws IOException {
    return setup.policy().isPassed()
        ? SocketPassing.receive(WorkerSetup.CONTROL_DESCRIPTOR)
        : new Received(in.read(), OptionalInt.empty());
  }

  /// Returns false at the end.
  private boolean obey(Received received) {
    switch (received.word()) {
      case ControlWord.CONNECTION -> passed(received.descriptor());
      // Not on this thread, which the JVM does not wait for: `main` may return the moment that it
      // cannot accept, and the listeners are to be called all the same.
      case ControlWord.DRAIN ->
          Thread.ofPlatform().daemon(false).name("fork-drain").start(this::drain);
      default -> {
        drain(); // The primary is gone.
        return false;
      }
    }
    return true;
  }

  private void passed(OptionalInt descriptor) {
    synchronized (lock) {
      if (listener instanceof PassedListener to) {
        to.passed(descriptor);
      }
    }
  }

  private void drain() {
    List<Runnable> told;
    synchronized (lock) {
      if (draining) {
        return;
      }
      draining = true;
      told = List.copyOf(drainListeners);
      if (listener != null) {
        end(listener);
      }
    }
    Parent.find().ifPresent(Parent::unref);
    told.forEach(Runnable::run);
  }

  private static void end(ServerSocketChannel listener) {
    try {
      if (listener instanceof PassedListener passed) {
        passed.drain();
      } else {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a listener cannot be closed", e);
    }
  }

  private void tell(byte word) {
    try {
      out.write(word);
    } catch (IOException _) {
      // The primary is gone, and this process ends with it.
    }
  }
}
