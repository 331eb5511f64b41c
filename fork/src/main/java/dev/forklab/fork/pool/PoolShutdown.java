package dev.forklab.fork.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The end of a pool: drain, give up the rest, ask the children to end, kill those that do not,
/// wait for all.
///
/// An interrupt of the closing thread cuts the drain short; the rest is bounded anyway. It is
/// restored.
final class PoolShutdown {

  private static final Duration CLOSED_PATIENCE = Duration.ofSeconds(30);

  private final Dispatcher dispatcher;
  private final Supervisor supervisor;
  private final Duration grace;
  private boolean interrupted;

  PoolShutdown(Dispatcher dispatcher, Supervisor supervisor, Duration grace) {
    this.dispatcher = dispatcher;
    this.supervisor = supervisor;
    this.grace = grace;
  }

  CloseReport run(Duration drain) {
    List<Dispatcher.Ending> endings = new ArrayList<>();
    List<Worker> workers = new ArrayList<>();
    CloseReport report =
        dispatcher.lock.get(() -> {
          dispatcher.admission.drain();
          awaitDrained(drain);
          dispatcher.admission.stop();
          dispatcher.readied.signalAll();
          supervisor.stop();
          workers.addAll(dispatcher.workers());
          workers.forEach(this::dismiss);
          int queued = dispatcher.loseWaiting(endings) + dispatcher.loseHeldBehindFirst(endings);
          int running = dispatcher.loseRunning(endings);
          return new CloseReport(dispatcher.admission.finishedWhileDraining(), running, queued);
        });
    endings.forEach(Dispatcher.Ending::complete);
    endAll(workers);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return report;
  }

  private void awaitDrained(Duration drain) {
    try {
      dispatcher.admission.awaitDrained(TimeUnit.NANOSECONDS.convert(drain));
    } catch (InterruptedException _) {
      interrupted = true;
    }
  }

  /// A busy worker is told to terminate, one that starts has nothing to lose, an idle one is asked.
  private void dismiss(Worker worker) {
    if (!worker.wasReady()) {
      worker.kill();
    } else if (worker.held.isEmpty()) {
      worker.dismiss();
    } else {
      worker.terminate();
      worker.resume(); // It may stand still to be looked at.
    }
    worker.end(new EndReason.PoolOver());
  }

  private void endAll(List<Worker> workers) {
    workers.forEach(Worker::pump);
    long killAtNanos = Moment.after(System.nanoTime(), grace);
    for (Worker worker : workers) {
      long leftNanos = Math.max(1, killAtNanos - System.nanoTime());
      if (!awaitExit(worker, Duration.ofNanos(leftNanos))) {
        worker.kill();
      }
    }
    workers.forEach(this::awaitClosed);
    boolean done = false;
    while (!done) {
      try {
        supervisor.awaitThreads();
        done = true;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }

  private void awaitClosed(Worker worker) {
    try {
      worker.process.awaitClosed(CLOSED_PATIENCE);
    } catch (InterruptedException _) {
      interrupted = true;
    }
  }

  private boolean awaitExit(Worker worker, Duration patience) {
    try {
      return worker.process.awaitExit(patience);
    } catch (InterruptedException _) {
      interrupted = true;
      return false;
    }
  }
}
