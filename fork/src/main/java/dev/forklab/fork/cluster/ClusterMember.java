package dev.forklab.fork.cluster;

import dev.forklab.fork.ChildProcess;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.process.Sockets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A worker of a [Cluster], as its primary sees it. Safe for use by many threads.
public final class ClusterMember {

  /// How far it has come. Never goes back.
  enum Stage {
    STARTING,
    LISTENING,
    /// Asked to end.
    LEAVING,
    GONE
  }

  static final int NO_DESCRIPTOR = -1;

  private final int id;
  private final ChildProcess process;

  // ---- Of the cluster's own thread only ----
  final int slot;
  int control;
  Stage stage = Stage.STARTING;
  long listeningSinceNanos;
  // Passed to it, and not yet taken by its program, in order.
  final Deque<Sockets.Accepted> untaken = new ArrayDeque<>();
  // Why it was ended, or could not be started.
  String trouble = "";

  ClusterMember(int id, int slot, int control, ChildProcess process) {
    this.id = id;
    this.slot = slot;
    this.control = control;
    this.process = process;
  }

  /// 1 for the first worker that was started, 2 for the next, replacements included: never the same
  /// for two.
  public int id() {
    return id;
  }

  /// Its process id; empty if it could not be started.
  public OptionalLong pid() {
    return process.pid();
  }

  /// Its process: to send it messages, or a signal. One that is killed is replaced.
  public ChildProcess process() {
    return process;
  }

  /// Sends it a message; see [ChildProcess#send(Object)].
  public boolean send(@Nullable Object message) {
    return process.send(message);
  }

  /// What became of it, in words.
  String describe(Exit exit) {
    return trouble.isEmpty() ? exit.describe() : trouble + "; " + exit.describe();
  }

  @Override
  public String toString() {
    return "worker "
        + id
        + process.pid().stream().mapToObj(pid -> ", pid " + pid).findAny().orElse("");
  }
}
