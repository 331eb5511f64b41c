package dev.forklab.fork.cluster;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.Fork;
import dev.forklab.fork.ForkOptions;
import dev.forklab.fork.process.SocketPassing;
import dev.forklab.fork.process.Sockets;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/// Forks workers of one cluster.
final class WorkerLauncher {

  private final ClusterOptions options;
  private final Sockets sockets;
  private final int listener;
  private final WorkerSetup firstSetup;
  private int launched;

  WorkerLauncher(ClusterOptions options, Sockets sockets, int listener) throws IOException {
    this.options = options;
    this.sockets = sockets;
    this.listener = listener;
    this.firstSetup =
        new WorkerSetup(
            0,
            options.policy,
            sockets.isIpv6(listener),
            options.backlog,
            sockets.localAddress(listener));
  }

  /// Forks the next worker. One whose process cannot be started has an `error` event.
  ///
  /// @throws IOException if this process has no descriptor left for it
  /// @throws IllegalStateException if it cannot be told where a worker finds its classes
  ClusterMember launch(int slot) throws IOException {
    int id = ++launched;
    Sockets.Pair control = sockets.pair();
    boolean done = false;
    try {
      SocketPassing.send(control.ours(), firstSetup.withId(id).encode(), OptionalInt.empty());
      ChildProcess process = Fork.fork(options.mainClass, forkOptions(control.theirs()));
      done = true;
      return new ClusterMember(id, slot, control.ours(), process);
    } finally {
      sockets.close(control.theirs());
      if (!done) {
        sockets.close(control.ours());
      }
    }
  }

  private ForkOptions forkOptions(int control) {
    return options.fork.toBuilder()
        .addExecArgv(JdkChannels.flags(Cluster.class.getModule()))
        .addExecArgv("-D" + WorkerSetup.PROPERTY + "=worker")
        .descriptors(
            options.policy == ClusterPolicy.SHARED ? List.of(control, listener) : List.of(control))
        .build();
  }
}
