package dev.forklab.fork.cluster;

import dev.forklab.fork.process.SocketPassing;
import dev.forklab.fork.process.Sockets;
import dev.forklab.fork.process.Sockets.Accepted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Accepts connections in the primary and passes each to a worker. On the loop's thread only.
///
/// The primary keeps its copy of a connection until the worker's program has taken it, and passes
/// it to another worker if that does not happen. While no worker has room nothing is accepted:
/// connections wait in the backlog.
final class Passing {

  /// How many connections a worker may have that its program has not taken.
  private static final int WINDOW = 16;

  /// The same where another worker is not as good.
  private static final int STICKY_WINDOW = 128;

  private static final Duration DESCRIPTOR_WAIT = Duration.ofMillis(20);
  private static final byte[] CONNECTION = {ControlWord.CONNECTION};

  private final Sockets sockets;
  private final ClusterLoop loop;
  private final int listener;
  private final boolean sticky;
  private final List<ClusterMember> takers = new ArrayList<>();
  private final Deque<Accepted> returned = new ArrayDeque<>();
  private int turn;
  private boolean paused;
  private boolean closed;

  Passing(Sockets sockets, ClusterLoop loop, int listener, boolean sticky) {
    this.sockets = sockets;
    this.loop = loop;
    this.listener = listener;
    this.sticky = sticky;
  }

  /// This worker gets connections from now on.
  void join(ClusterMember worker) {
    takers.add(worker);
    takers.sort(Comparator.comparingInt(each -> each.slot));
    pass();
  }

  /// This worker gets no more; those that it has are still its own.
  void leave(ClusterMember worker) {
    takers.remove(worker);
    pass();
  }

  /// This worker takes no more: what it has not taken is for others.
  void reclaim(ClusterMember worker) {
    takers.remove(worker);
    returned.addAll(worker.untaken);
    worker.untaken.clear();
    pass();
  }

  /// The worker's program has taken its next connection.
  void taken(ClusterMember worker) {
    Accepted next = worker.untaken.poll();
    if (next != null) {
      sockets.close(next.descriptor());
      pass();
    }
  }

  /// The worker had no descriptor for its next connection: it gets a moment to have one.
  void missed(ClusterMember worker) {
    Accepted next = worker.untaken.poll();
    if (next != null) {
      returned.add(next);
      takers.remove(worker);
      loop.after(DESCRIPTOR_WAIT, () -> rejoin(worker));
      pass();
    }
  }

  private void rejoin(ClusterMember worker) {
    if (worker.stage == ClusterMember.Stage.LISTENING && !takers.contains(worker)) {
      join(worker);
    }
  }

  /// No more is accepted, and what nobody has taken is closed.
  void close() {
    closed = true;
    loop.forget(listener);
    returned.forEach(each -> sockets.close(each.descriptor()));
    returned.clear();
  }

  /// Passes on what there is, as far as there are workers with room.
  private void pass() {
    boolean more = !closed;
    while (more) {
      more = !takers.isEmpty() && passNext();
    }
    if (closed) {
      close();
    } else if (hasRoom() && !paused) {
      loop.watch(listener, this::pass);
    } else {
      loop.forget(listener);
    }
  }

  private boolean hasRoom() {
    return takers.stream().anyMatch(this::hasRoom);
  }

  private boolean hasRoom(ClusterMember worker) {
    return worker.untaken.size() < (sticky ? STICKY_WINDOW : WINDOW);
  }

  /// Returns whether there may be another.
  private boolean passNext() {
    if (!hasRoom()) {
      return false;
    }
    Accepted next = returned.poll();
    if (next == null) {
      next = accept();
    }
    if (next == null) {
      return false;
    }
    ClusterMember worker = choose(next);
    if (SocketPassing.send(worker.control, CONNECTION, OptionalInt.of(next.descriptor()))) {
      worker.untaken.add(next);
    } else { // It has just ended.
      takers.remove(worker);
      returned.addFirst(next);
    }
    return true;
  }

  private @Nullable Accepted accept() {
    if (paused) {
      return null;
    }
    try {
      Optional<Accepted> accepted = sockets.accept(listener);
      return accepted.orElse(null);
    } catch (IOException _) { // No descriptor is left: it waits in the backlog.
      paused = true;
      loop.after(
          DESCRIPTOR_WAIT,
          () -> {
            paused = false;
            pass();
          });
      return null;
    }
  }

  /// One that has room; there is one.
  private ClusterMember choose(Accepted connection) {
    return sticky ? owner(connection) : nextInTurn();
  }

  private ClusterMember nextInTurn() {
    ClusterMember next;
    do {
      next = takers.get(turn++ % takers.size());
    } while (!hasRoom(next));
    turn %= takers.size();
    return next;
  }

  /// The first of the workers in an order of its own for each address: rendezvous hashing (Thaler
  /// and Ravishankar 1998), so that a worker more or less moves no more addresses than it must.
  private ClusterMember owner(Accepted connection) {
    long address = connection.from().getAddress().hashCode();
    return takers.stream()
        .filter(this::hasRoom)
        .max(Comparator.comparingLong(each -> score(address, each.slot)))
        .orElseThrow();
  }

  /// SplitMix64's mixer.
  static long score(long address, int slot) {
    long mixed = address * 0x9e3779b97f4a7c15L + slot * 0xd1b54a32d192ed03L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
