package dev.forklab.fork.pool;

import dev.forklab.fork.process.ChildHandle;
import dev.forklab.fork.process.SignalRefusedException;
import dev.forklab.fork.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Ending a worker because of the task that it runs, without harm to any other task.
///
/// Between the decision and the signal the worker may finish that task and start the next, which
/// would then be lost. So the worker is first stopped (SIGSTOP). Once it stands still, everything
/// that it wrote is read; if the task's answer is among it, the worker is let go on, and nothing
/// happened. If not, the task still runs and none behind it has started (a worker answers before it
/// starts the next): it may be ended. It is told not to start those behind, then to terminate, and
/// after the grace it is killed.
///
/// Where signals other than TERM and KILL cannot be sent, for a worker that does not come to stand
/// still (some thread of it hangs in the kernel), and for one whose channel is not read to its end
/// in time (a listener does not return, or a process that the task started goes on writing), the
/// worker is killed, and what its channel holds after its death decides.
final class Eviction {

  // States of proc(5): running, sleeping, in an uninterruptible wait, idle.
  private static final String RUNNING = "RSDI";
  private static final long STOP_CHECK_NANOS = 50_000;
  private static final int MAX_STOP_CHECKS = 20_000;

  private final Dispatcher dispatcher;
  private final Worker worker;
  private final Task victim;
  private final Duration grace;

  Eviction(Dispatcher dispatcher, Worker worker, Task victim, Duration grace) {
    this.dispatcher = dispatcher;
    this.worker = worker;
    this.victim = victim;
    this.grace = grace;
  }

  /// Stops the worker and leaves the rest to its channel thread. For the supervisor's thread.
  void begin() {
    ChildHandle process = worker.process.process();
    try {
      process.kill(Signals.SIGSTOP);
      if (awaitStopped(worker.pid())) {
        worker.process.channel().whenRead(this::decide);
      } else {
        condemn();
      }
    } catch (UnsupportedOperationException | SignalRefusedException _) {
      condemn();
    }
  }

  /// Kills it though it does not stand still, or not all that it wrote has been read, so that
  /// nothing is known of what it does: its death will show what it had not answered. Once only.
  void condemn() {
    boolean runs;
    dispatcher.lock.lock();
    try {
      if (!isOpen()) {
        return; // It has been decided meanwhile.
      }
      worker.decideByNanos = Worker.NEVER;
      runs = worker.held.peek() == victim;
      if (runs) {
        worker.state = Worker.State.ENDING;
        worker.victim = victim;
        dispatcher.counters.evicted.increment();
      } else {
        worker.eviction = null;
      }
    } finally {
      dispatcher.lock.unlock();
    }
    if (runs) {
      worker.kill();
    } else {
      worker.resume();
    }
  }

  /// Whether it is still to be decided; under the lock.
  private boolean isOpen() {
    return worker.eviction == this && worker.decideByNanos != Worker.NEVER;
  }

  /// All that it wrote has been read.
  private void decide() {
    Optional<Boolean> runs = runsVictim();
    if (runs.isEmpty()) {
      return;
    }
    if (runs.get()) {
      doom();
      worker.pump();
      if (worker.process.channel().queuedBytes() == 0) {
        worker.terminate();
      } else {
        worker.kill(); // It cannot be told what not to start.
      }
    }
    worker.resume();
    decided();
  }

  /// Empty if it has been decided already.
  private Optional<Boolean> runsVictim() {
    dispatcher.lock.lock();
    try {
      if (!isOpen()) {
        return Optional.empty();
      }
      worker.decideByNanos = Worker.NEVER;
      return Optional.of(!dispatcher.admission.isStopping() && worker.held.peek() == victim);
    } finally {
      dispatcher.lock.unlock();
    }
  }

  /// It will be ended because of the task that it runs; those behind are taken back from it.
  private void doom() {
    dispatcher.lock.lock();
    try {
      worker.state = Worker.State.ENDING;
      worker.evicted = true;
      worker.victim = victim;
      worker.killAtNanos = Moment.after(System.nanoTime(), grace);
      dispatcher.counters.evicted.increment();
      worker.held.stream().skip(1).forEach(worker::revoke);
      dispatcher.admission.countFinished(victim);
      dispatcher.attention.signal();
    } finally {
      dispatcher.lock.unlock();
    }
    victim.future.completeExceptionally(Dispatcher.timedOut(victim));
  }

  /// It may be looked at again.
  private void decided() {
    dispatcher.lock.lock();
    try {
      worker.eviction = worker.victim == null ? null : this;
      dispatcher.attention.signal(); // What it runs now was not looked at meanwhile.
    } finally {
      dispatcher.lock.unlock();
    }
  }

  /// Waits until the kernel says so of every thread: a signal takes effect a moment later, and not
  /// everywhere at once. False if that takes too long.
  private static boolean awaitStopped(long pid) {
    Path tasks = Path.of("/proc/" + pid + "/task");
    for (int check = 0; check < MAX_STOP_CHECKS; check++) {
      try (Stream<Path> all = Files.list(tasks)) {
        if (all.noneMatch(Eviction::runs)) {
          return true;
        }
      } catch (IOException _) {
        return true; // It has ended: nothing moves any more.
      }
      LockSupport.parkNanos(STOP_CHECK_NANOS);
    }
    return false;
  }

  private static boolean runs(Path task) {
    try {
      String text = Files.readString(task.resolve("stat"));
      return RUNNING.indexOf(text.charAt(text.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException _) {
      return false; // It has ended meanwhile.
    }
  }
}
