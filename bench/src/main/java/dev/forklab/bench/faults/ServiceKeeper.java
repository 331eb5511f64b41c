package dev.forklab.bench.faults;

import dev.forklab.bench.runtime.ProcessState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The supervisor of a service, one thread. It sees the service's process end; and if it
/// supervises, it starts a dead service again, and kills and starts again one that fails its health
/// check: it says nothing for a second, cannot open a file, or completes no task for a second while
/// tasks come. Whether a reply is right it cannot tell.
///
/// That is what service managers and their liveness probes do (systemd's `WatchdogSec`, Kubernetes'
/// `livenessProbe`), with shorter times.
final class ServiceKeeper implements AutoCloseable {

  /// Starts a process of the service.
  @FunctionalInterface
  interface Starter {
    Process start() throws IOException;
  }

  private static final long LOOK_MILLIS = 20;
  private static final long ASK_NANOS = 250_000_000;
  private static final long SILENCE_NANOS = 1_000_000_000;
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_RESTARTS = 20;

  private final Starter starter;
  private final ServiceClient client;
  private final boolean supervises;
  private final Thread thread;

  // Guarded by this.
  private Process process;
  private final List<Integer> exits = new ArrayList<>();
  private int restarts;
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();
  private boolean leftAlone;
  private boolean closing;
  private @Nullable RequestLog load;

  // Of the supervisor's own thread.
  private @Nullable ServiceLink asked;
  private long readyNanos;
  private long askedNanos;
  private long toldNanos;
  private long told;
  private long startedNanos = System.nanoTime();

  private ServiceKeeper(Starter starter, Process first, ServiceClient client, boolean supervises) {
    this.starter = starter;
    this.process = first;
    this.client = client;
    this.supervises = supervises;
    this.thread = Thread.ofPlatform().name("faults-supervises").daemon().unstarted(this::run);
    seen.add(first.toHandle());
  }

  /// Starts the service.
  static ServiceKeeper start(Starter starter, ServiceClient client, boolean supervises)
      throws IOException {
    ServiceKeeper keeper = new ServiceKeeper(starter, starter.start(), client, supervises);
    keeper.thread.start();
    return keeper;
  }

  /// From now on the health of a supervised service is checked.
  synchronized void checkHealth(RequestLog log) {
    load = log;
  }

  /// No more checks, and no more starts.
  synchronized void leaveAlone() {
    load = null;
    leftAlone = true;
  }

  /// The service's process: the last one, whether it lives or not.
  synchronized ProcessHandle process() {
    return process.toHandle();
  }

  /// Exit codes of the processes that have ended, in order; 128 and the number of a signal that
  /// killed one.
  synchronized List<Integer> exits() {
    return List.copyOf(exits);
  }

  /// Whether the service is dead for good.
  boolean hasGivenUp() {
    return !thread.isAlive();
  }

  /// How often it was started again.
  synchronized int restarts() {
    return restarts;
  }

  private void run() {
    try {
      while (!isClosing()) {
        Process now = current();
        if (now.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          synchronized (this) {
            exits.add(now.exitValue());
          }
          if (!supervises || !startAgain()) {
            return;
          }
        } else if (supervises && !isHealthy()) {
          look();
          TrialJanitor.killTree(now.toHandle());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // It cannot be started, so it stays dead: the trial shows that.
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  private synchronized Process current() {
    return process;
  }

  private synchronized boolean startAgain() throws IOException {
    if (closing || leftAlone || restarts >= MOST_RESTARTS) {
      return false;
    }
    restarts++;
    process = starter.start();
    seen.add(process.toHandle());
    startedNanos = System.nanoTime();
    return true;
  }

  private boolean isHealthy() {
    RequestLog log;
    synchronized (this) {
      log = load;
    }
    long now = System.nanoTime();
    ServiceLink link = client.current();
    if (log == null) {
      return true;
    }
    if (link == null) {
      asked = null;
      return now - startedNanos < START_PATIENCE.toNanos();
    }
    if (link != asked) {
      asked = link;
      readyNanos = now;
      toldNanos = now;
      told = link.statsCount();
    }
    if (link.statsCount() > told) {
      told = link.statsCount();
      toldNanos = now;
    }
    if (now - askedNanos > ASK_NANOS) {
      askedNanos = now;
      link.ask();
    }
    ServiceStats stats = link.stats();
    boolean opens = stats == null || stats.opens();
    long repliedNanos = Math.max(readyNanos, log.lastReplyNanos());
    return opens && now - toldNanos < SILENCE_NANOS && now - repliedNanos < SILENCE_NANOS;
  }

  /// Remembers all processes of the service that there are now, so that none outlives it.
  synchronized void look() {
    seen.add(process.toHandle());
    process.descendants().forEach(seen::add);
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    look();
    List<ProcessHandle> all = List.copyOf(seen);
    all.forEach(ProcessHandle::destroyForcibly);
    boolean _ =
        Conditions.await(
            () -> all.stream().noneMatch(ProcessState::isRunning), Duration.ofSeconds(10));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
