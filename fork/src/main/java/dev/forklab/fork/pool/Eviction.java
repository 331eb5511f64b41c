package dev.forklab.fork.pool;

import java.time.Duration;

/// Ending a worker because of the task that it runs, without harm to any other task.
///
/// A worker that stands still is told not to start what is behind that task, then to terminate, and
/// after the grace it is killed.
///
/// Where signals other than TERM and KILL cannot be sent, for a worker that does not come to stand
/// still (some thread of it hangs in the kernel), and for one whose channel is not read to its end
/// in time (a listener does not return, or a process that the task started goes on writing), the
/// worker is killed, and what its channel holds after its death decides.
final class Eviction extends Stoppage {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration grace;

  Eviction(Dispatcher dispatcher, Worker worker, Job<?> victim, Duration grace) {
    super(dispatcher, worker, victim, PATIENCE);
    this.grace = grace;
  }

  @Override
  boolean failed() {
    boolean runs = worker.held.peek() == running;
    if (runs) {
      worker.end(new EndReason.Evicted(running, false));
      dispatcher.counters.evicted.increment();
    }
    return runs;
  }

  @Override
  void carryOut() {
    doom();
    worker.pump();
    if (worker.process.channel().queuedBytes() == 0) {
      worker.terminate();
    } else {
      worker.kill(); // It cannot be told what not to start.
    }
  }

  /// It will be ended because of the task that it runs; those behind are taken back from it.
  private void doom() {
    dispatcher.lock.run(() -> {
      worker.end(new EndReason.Evicted(running, true));
      worker.killAtNanos = Moment.after(System.nanoTime(), grace);
      dispatcher.counters.evicted.increment();
      worker.held.stream().skip(1).forEach(worker::revoke);
      dispatcher.admission.countFinished(running);
      dispatcher.attention.signal();
    });
    running.future.completeExceptionally(Dispatcher.timedOut(running));
  }
}
