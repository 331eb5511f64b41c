package dev.forklab.fork.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.forklab.fork.process.ChildHandle;
import dev.forklab.fork.process.SignalRefusedException;
import dev.forklab.fork.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Deciding something of a worker and the task that it runs, without harm to any other task.
///
/// Between a decision and what follows of it the worker may finish that task and start the next. So
/// the worker is first stopped (SIGSTOP). Once it stands still, everything that it wrote is read;
/// if the task's answer is among it, the worker is let go on, and nothing happened. If not, the
/// task still runs and none behind it has started (a worker answers before it starts the next), and
/// what the worker is told now it reads before it starts another.
///
/// A worker that somebody else had stopped is left as it was found.
abstract sealed class Stoppage permits Eviction, Recall {

  private static final char UNKNOWN = '?';
  private static final char ENDED = 'X';
  // States of proc(5): running, sleeping, in an uninterruptible wait, idle.
  private static final String RUNNING = "RSDI" + UNKNOWN;
  private static final String STOPPED = "Tt";
  private static final long STOP_CHECK_NANOS = 50_000;
  private static final long MAX_STOP_NANOS = 1_000_000_000;

  final Dispatcher dispatcher;
  final Worker worker;
  // What the worker runs.
  final Job<?> running;
  // How long it may take until all that it wrote has been read.
  final Duration patience;
  private boolean mustResume;

  Stoppage(Dispatcher dispatcher, Worker worker, Job<?> running, Duration patience) {
    this.dispatcher = dispatcher;
    this.worker = worker;
    this.running = running;
    this.patience = patience;
  }

  /// The task still runs, and the worker stands still: what was meant is done. On the thread of its
  /// channel, without the lock.
  abstract void carryOut();

  /// Nothing is known of what the worker does, and whether it stands still; under the lock. True if
  /// it must be killed.
  abstract boolean failed();

  /// Stops the worker and leaves the rest to its channel thread. For the supervisor's thread.
  final void begin() {
    ChildHandle process = worker.process.process();
    long pid = worker.pid();
    boolean foundStopped = STOPPED.indexOf(stateOf(Path.of("/proc/" + pid))) >= 0;
    try {
      process.kill(Signals.SIGSTOP);
      mustResume = !foundStopped;
      if (awaitStopped(pid)) {
        worker.process.channel().whenRead(this::decide);
      } else {
        giveUp();
      }
    } catch (UnsupportedOperationException | SignalRefusedException _) {
      giveUp();
    }
  }

  /// It does not stand still, or not all that it wrote has been read. Once only.
  final void giveUp() {
    Optional<Boolean> kill =
        dispatcher.lock.get(() -> close() ? Optional.of(fail()) : Optional.empty());
    kill.ifPresent(kills -> {
      if (kills) {
        worker.kill();
      } else {
        resume();
      }
    });
  }

  private boolean fail() {
    boolean kill = failed();
    if (!kill) {
      worker.stoppage = null;
    }
    return kill;
  }

  /// Whether it is to be decided now, for it is once only; under the lock.
  private boolean close() {
    boolean open = worker.stoppage == this && worker.decideByNanos != Worker.NEVER;
    if (open) {
      worker.decideByNanos = Worker.NEVER;
    }
    return open;
  }

  /// All that it wrote has been read.
  private void decide() {
    Optional<Boolean> runs =
        dispatcher.lock.get(() ->
            close()
                ? Optional.of(!dispatcher.admission.isOver() && worker.held.peek() == running)
                : Optional.empty());
    if (runs.isEmpty()) {
      return;
    }
    if (runs.get()) {
      carryOut();
    }
    resume();
    dispatcher.lock.run(() -> {
      worker.stoppage =
          worker.victim() == null ? null : this; // One that ends is looked at no more.
      dispatcher.attention.signal(); // What it runs now was not looked at meanwhile.
    });
  }

  private void resume() {
    if (mustResume || dispatcher.lock.get(worker::victim) != null) {
      worker.resume();
    }
  }

  /// Waits until the kernel says so of every thread: a signal takes effect a moment later, and not
  /// everywhere at once. False if that takes too long.
  private boolean awaitStopped(long pid) {
    Path tasks = Path.of("/proc/" + pid + "/task");
    long deadlineNanos = System.nanoTime() + Math.min(MAX_STOP_NANOS, patience.toNanos());
    do {
      try (Stream<Path> all = Files.list(tasks)) {
        if (all.noneMatch(task -> RUNNING.indexOf(stateOf(task)) >= 0)) {
          return true;
        }
      } catch (NoSuchFileException _) {
        return true; // It has ended: nothing moves any more.
      } catch (IOException _) {
        // No descriptor is free, say: nothing is known.
      }
      LockSupport.parkNanos(STOP_CHECK_NANOS);
    } while (System.nanoTime() < deadlineNanos);
    return false;
  }

  /// The state of a process or thread.
  private static char stateOf(Path task) {
    try {
      // Its name may be cut amid a character.
      String text = Files.readString(task.resolve("stat"), ISO_8859_1);
      return text.charAt(text.lastIndexOf(')') + 2);
    } catch (NoSuchFileException _) {
      return ENDED;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("No such process") ? ENDED : UNKNOWN;
    }
  }
}
