package dev.forklab.fork.cluster;

import dev.forklab.fork.cluster.ClusterMember.Stage;
import dev.forklab.fork.cluster.WorkerSlots.Slot;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.pool.RestartIntensity;
import dev.forklab.fork.pool.RestartIntensity.Verdict;
import dev.forklab.fork.pool.RestartPolicy;
import dev.forklab.fork.process.SocketPassing;
import dev.forklab.fork.process.SocketPassing.Arrived;
import dev.forklab.fork.process.Sockets;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps a cluster's workers: starts them, replaces those that die, and those that are reloaded. On
/// the loop's thread only.
final class ClusterSupervisor {

  private static final byte[] DRAIN = {ControlWord.DRAIN};
  private static final int MOST_WORDS = 256;

  private final ClusterOptions options;
  private final Sockets sockets;
  private final ClusterLoop loop;
  private final ClusterEvents events;
  private final WorkerLauncher launcher;
  private final Optional<Passing> passing;
  private final RestartPolicy policy;
  private final RestartIntensity intensity;
  private final Owner owner;
  private final WorkerSlots slots = new WorkerSlots();
  private final Set<ClusterMember> alive = new LinkedHashSet<>();
  private final ClusterGoals goals;
  private long lastTroubleNanos;
  private boolean inTrouble;
  private boolean closing;
  private boolean ended;
  private @Nullable String failure;

  /// Told what becomes of the cluster.
  interface Owner {

    /// These live now.
    void membersAre(List<ClusterMember> now);

    /// From now on it listens no more. Called once.
    void closing();

    /// After [#closing()], the last worker has gone. Called once.
    ///
    /// @param failure why it had to; null if it was asked to
    void ended(@Nullable String failure);
  }

  ClusterSupervisor(
      ClusterOptions options,
      Sockets sockets,
      ClusterLoop loop,
      ClusterEvents events,
      WorkerLauncher launcher,
      Optional<Passing> passing,
      Owner owner) {
    this.options = options;
    this.sockets = sockets;
    this.loop = loop;
    this.events = events;
    this.goals = new ClusterGoals(events);
    this.launcher = launcher;
    this.passing = passing;
    this.policy = options.restarts();
    this.intensity = new RestartIntensity("the cluster", policy);
    this.owner = owner;
  }

  // ---- What is asked of it ----

  /// Has this many workers; the future is completed when those serve, and the others have ended.
  void scale(int workers, CompletableFuture<@Nullable Void> future) {
    if (refused(future)) {
      return;
    }
    while (slots.count() > workers) {
      Slot last = slots.removeLast();
      dismiss(last.serving);
      dismiss(last.coming);
    }
    slots.grow(workers).forEach(this::start);
    goals.add(false, () -> slots.allServe() && noneLeaves(), future);
    settle();
  }

  /// Replaces all workers, one after the other.
  void reload(CompletableFuture<@Nullable Void> future) {
    if (refused(future)) {
      return;
    }
    slots.setStale(true);
    goals.add(true, () -> slots.noneIsStale() && slots.allServe() && noneLeaves(), future);
    settle();
  }

  private boolean refused(CompletableFuture<@Nullable Void> future) {
    if (closing) {
      goals.refuse(future, whyClosed());
    }
    return closing;
  }

  private String whyClosed() {
    return failure == null ? "the cluster is closed" : failure;
  }

  private boolean noneLeaves() {
    return alive.stream().noneMatch(worker -> worker.stage == Stage.LEAVING);
  }

  /// Ends all workers.
  void close() {
    if (closing) {
      return;
    }
    closing = true;
    passing.ifPresent(Passing::close);
    owner.closing();
    goals.failAll(whyClosed());
    List.copyOf(alive).forEach(this::dismiss);
    settle();
  }

  private void fail(String words) {
    failure = words;
    close();
  }

  // ---- Whatever has happened, this sees to what is next ----

  private void settle() {
    if (closing) {
      if (alive.isEmpty() && !ended) {
        ended = true;
        owner.ended(failure);
      }
      return;
    }
    slots.nextToReplace().ifPresent(this::start);
    goals.settle();
  }

  /// Unless its slot has been filled or taken away meanwhile.
  private void startIfMissing(int number) {
    Slot slot = slots.at(number);
    if (slot != null && slot.serving == null && slot.coming == null && !closing) {
      start(number);
    }
  }

  private void start(int number) {
    Slot slot = slots.at(number);
    if (slot == null || closing) {
      return;
    }
    slot.stale = false;
    try {
      ClusterMember worker = launcher.launch(number);
      slot.coming = worker;
      alive.add(worker);
      owner.membersAre(List.copyOf(alive));
      hear(worker);
      loop.after(options.startTimeout, () -> endIfNotListening(worker));
    } catch (IOException | RuntimeException e) {
      lost(number, slot, true, "could not be started: " + e.getMessage());
    }
  }

  // ---- What a worker does ----

  private void hear(ClusterMember worker) {
    loop.watch(worker.control, () -> read(worker));
    events.hearMessages(worker);
    worker
        .process()
        .onError(error -> loop.post(() -> troubled(worker, String.valueOf(error.getMessage()))))
        .onDisconnect(() -> loop.post(() -> events.disconnected(worker)))
        .onClose(exit -> loop.post(() -> ended(worker, exit)));
  }

  private void troubled(ClusterMember worker, String words) {
    worker.trouble = words;
    events.trouble(worker + ": " + words);
  }

  private void read(ClusterMember worker) {
    Arrived arrived = SocketPassing.poll(worker.control, MOST_WORDS);
    for (byte word : arrived.bytes()) {
      hear(worker, word);
    }
    if (arrived.ended()) {
      closeControl(worker);
    }
  }

  private void hear(ClusterMember worker, byte word) {
    switch (word) {
      case ControlWord.ONLINE -> events.online(worker);
      case ControlWord.LISTENING -> listening(worker);
      case ControlWord.TAKEN -> passing.ifPresent(to -> to.taken(worker));
      case ControlWord.MISSED -> passing.ifPresent(to -> to.missed(worker));
      case ControlWord.CLOSED -> passing.ifPresent(to -> to.reclaim(worker));
      default -> {
        worker.trouble = "it wrote to the cluster's own descriptor";
        worker.process().kill("SIGKILL");
      }
    }
  }

  private void closeControl(ClusterMember worker) {
    if (worker.control != ClusterMember.NO_DESCRIPTOR) {
      loop.forget(worker.control);
      sockets.close(worker.control);
      worker.control = ClusterMember.NO_DESCRIPTOR;
      passing.ifPresent(to -> to.reclaim(worker));
    }
  }

  private void listening(ClusterMember worker) {
    if (worker.stage != Stage.STARTING) {
      return;
    }
    worker.stage = Stage.LISTENING;
    worker.listeningSinceNanos = System.nanoTime();
    intensity.started();
    inTrouble = false;
    passing.ifPresent(to -> to.join(worker));
    events.listening(worker);
    Slot slot = slots.at(worker.slot);
    if (slot != null && slot.coming == worker) {
      ClusterMember old = slot.serving;
      slot.serving = worker;
      slot.coming = null;
      dismiss(old);
    }
    settle();
  }

  private void endIfNotListening(ClusterMember worker) {
    if (worker.stage == Stage.STARTING) {
      worker.trouble = "it did not listen within " + options.startTimeout;
      worker.process().kill("SIGKILL");
    }
  }

  /// Asks a worker to end, and kills it if it does not.
  private void dismiss(@Nullable ClusterMember worker) {
    if (worker == null || worker.stage == Stage.LEAVING || worker.stage == Stage.GONE) {
      return;
    }
    boolean listened = worker.stage == Stage.LISTENING;
    worker.stage = Stage.LEAVING;
    passing.ifPresent(to -> to.leave(worker));
    SocketPassing.send(worker.control, DRAIN, OptionalInt.empty());
    if (!listened) {
      worker.process().kill("SIGKILL"); // It holds nothing, and may never look.
    }
    loop.after(options.drain, () -> endIfAlive(worker));
  }

  private static void endIfAlive(ClusterMember worker) {
    if (worker.stage != Stage.GONE) {
      worker.process().kill("SIGKILL");
    }
  }

  private void ended(ClusterMember worker, Exit exit) {
    boolean asked = worker.stage == Stage.LEAVING;
    boolean neverListened = worker.stage == Stage.STARTING;
    if (worker.control != ClusterMember.NO_DESCRIPTOR) {
      read(worker); // What it has taken, it has said before.
    }
    worker.stage = Stage.GONE;
    alive.remove(worker);
    owner.membersAre(List.copyOf(alive));
    closeControl(worker);
    events.exited(worker, exit);
    Slot slot = slots.at(worker.slot);
    if (!asked && !closing && slot != null) {
      lost(worker, slot, neverListened, worker + ": " + worker.describe(exit));
    }
    settle();
  }

  private void lost(ClusterMember worker, Slot slot, boolean neverListened, String how) {
    boolean lasted =
        !neverListened
            && System.nanoTime() - worker.listeningSinceNanos > policy.maxBackoff().toNanos();
    if (lasted) {
      slot.deathsInARow = 0;
    }
    if (slot.coming == worker) {
      slot.coming = null;
    } else if (slot.serving == worker) {
      slot.serving = null;
    }
    lost(worker.slot, slot, neverListened, how);
  }

  /// One worker fewer: it is replaced, unless another serves or comes in its place.
  private void lost(int number, Slot slot, boolean neverListened, String how) {
    slot.deathsInARow++;
    Verdict verdict = intensity.died(System.nanoTime(), neverListened, slots.noneServes(), how);
    if (verdict != null) {
      tell(verdict);
      if (verdict.fails()) {
        fail(verdict.words());
        return;
      }
    }
    if (neverListened && slot.serving != null) {
      reloadFailed(how);
    }
    Duration delay = verdict == null ? policy.backoffAfter(slot.deathsInARow) : policy.maxBackoff();
    loop.after(delay, () -> startIfMissing(number));
  }

  private void reloadFailed(String how) {
    slots.setStale(false);
    goals.failReloads("the reload failed, and the old workers go on: " + how);
  }

  /// Once within the policy's window, until workers listen again.
  private void tell(Verdict verdict) {
    long now = System.nanoTime();
    if (verdict.fails() || !inTrouble || now - lastTroubleNanos > policy.window().toNanos()) {
      events.trouble(verdict.words());
      lastTroubleNanos = now;
      inTrouble = true;
    }
  }
}
