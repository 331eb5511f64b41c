package dev.forklab.fork.pool;

import dev.forklab.fork.codec.Thrown;
import dev.forklab.fork.data.Exit;
import dev.forklab.fork.pool.RestartIntensity.Verdict;
import dev.forklab.fork.thread.ThreadState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts children, replaces the dead within [RestartPolicy], and ends those that took too long.
///
/// Its thread, `fork-supervisor NAME`, sleeps until the earliest of: a replacement due, a child
/// that should have been ready, a child that should have ended, a task's deadline. The dispatcher's
/// lock guards its fields; children are started and signalled outside of it.
final class Supervisor {

  private static final Duration UNREAPED_PATIENCE = Duration.ofSeconds(30);

  private static final long MEMORY_CHECK_NANOS = 1_000_000_000;

  /// @param restart whether it takes the place of another worker
  private record Start(
      Worker.Slot slot, long atNanos, @Nullable Worker replaces, boolean restart) {}

  private final ForkPoolOptions<?, ?> options;
  private final Dispatcher dispatcher;
  private final Thread thread;
  private final PriorityQueue<Start> starts =
      new PriorityQueue<>(Comparator.comparingLong(Start::atNanos));
  private final RestartIntensity intensity;
  private final Starter starter;
  private final CompletableFuture<CloseReport> report = new CompletableFuture<>();
  private final List<Worker> ended = new ArrayList<>();
  private long memoryCheckNanos;
  // Decided under the lock, carried out after it: a death in between must not decide again.
  private boolean gaveUp;
  private boolean hasTold;
  private long toldNanos;
  private boolean closing;
  private boolean stopped;

  /// How a worker is made: [Worker#start].
  interface Starter {
    Worker start(Worker.Slot slot, ForkPoolOptions<?, ?> options, WorkerEvents events)
        throws IOException;
  }

  Supervisor(ForkPoolOptions<?, ?> options, Dispatcher dispatcher, Starter starter) {
    this.options = options;
    this.dispatcher = dispatcher;
    this.starter = starter;
    this.intensity = new RestartIntensity("the pool", options.restarts());
    this.thread = new Thread(this::supervise, "fork-supervisor " + options.name);
    thread.setDaemon(true);
    memoryCheckNanos = options.recycleAbove > 0 ? System.nanoTime() : Worker.NEVER;
  }

  /// Starts the first child here, so that what makes all starts impossible is thrown to the caller,
  /// and the others on the supervisor's thread.
  void begin() throws IOException {
    start(new Worker.Slot(0), null, false);
    dispatcher.lock.run(() -> {
      long now = System.nanoTime();
      for (int index = 1; index < options.workers + options.spares; index++) {
        Worker.Slot slot = new Worker.Slot(index);
        slot.spare = index >= options.workers;
        starts.add(new Start(slot, now, null, false));
      }
    });
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      dispatcher.fail("the pool failed: its supervisor cannot be started: " + e.getMessage());
      throw e;
    }
  }

  private void start(Worker.Slot slot, @Nullable Worker replaces, boolean restart)
      throws IOException {
    WorkerEvents events = new WorkerEvents(dispatcher, this);
    Worker worker = starter.start(slot, options, events);
    events.of(worker);
    worker.replaces = replaces;
    worker.startByNanos = Moment.after(System.nanoTime(), options.startTimeout);
    boolean wanted;
    try {
      wanted = dispatcher.added(worker);
    } catch (RuntimeException | Error e) {
      abandon(worker);
      throw e;
    }
    if (restart) {
      dispatcher.counters.restarts.increment();
    }
    if (!wanted) {
      worker.kill();
    }
  }

  /// Nobody would see it end, for its threads could not be started.
  private static void abandon(Worker worker) {
    worker.kill();
    worker.process.process().awaitExit();
    worker.process.channel().close();
  }

  // ---- The supervisor's thread ----

  private void supervise() {
    try {
      keepWatch();
    } catch (RuntimeException | Error e) {
      // Nobody else ends what takes too long: a pool without a supervisor is none.
      dispatcher.fail("the pool failed: its supervisor met " + e);
      throw e;
    }
  }

  private void keepWatch() {
    ThreadState home = ThreadState.ofCurrent();
    boolean goesOn = true;
    while (goesOn) {
      try {
        List<Runnable> actions = dispatcher.lock.getInterruptibly(this::awaitActions);
        actions.forEach(Runnable::run);
        goesOn = !actions.isEmpty();
      } catch (InterruptedException _) {
        // Nobody else knows this thread: an interrupt of it has no meaning, and ends nothing.
      }
      home.restore();
    }
  }

  /// Empty when it is to end.
  private List<Runnable> awaitActions() throws InterruptedException {
    List<Runnable> actions = new ArrayList<>();
    while (!stopped && actions.isEmpty()) {
      collectDue(System.nanoTime(), actions);
      if (actions.isEmpty()) {
        sleep();
      }
    }
    return stopped ? List.of() : actions;
  }

  @SuppressWarnings("WaitNotInLoop") // The caller loops: it looks at all there is after each wake.
  private void sleep() throws InterruptedException {
    long next = nextNanos();
    dispatcher.supervisorWakesNanos = next;
    if (next == Worker.NEVER) {
      dispatcher.attention.await();
    } else {
      dispatcher.attention.awaitNanos(next - System.nanoTime());
    }
  }

  private static long taskDeadlineNanos(Worker worker) {
    Job<?> running = worker.held.peek();
    return running == null || worker.stoppage != null
        ? Worker.NEVER
        : Math.min(worker.evictAtNanos, running.deadlineNanos());
  }

  private long nextNanos() {
    Start start = starts.peek();
    long next = Math.min(start == null ? Worker.NEVER : start.atNanos, memoryCheckNanos);
    for (Worker worker : dispatcher.workers()) {
      next = Math.min(next, Math.min(worker.killAtNanos, worker.decideByNanos));
      next = Math.min(next, Math.min(taskDeadlineNanos(worker), dispatcher.recallNanos(worker)));
      if (worker.isStarting()) {
        next = Math.min(next, worker.startByNanos);
      }
    }
    return next;
  }

  private void collectDue(long now, List<Runnable> actions) {
    while (!starts.isEmpty() && starts.element().atNanos <= now) {
      Start due = starts.remove();
      actions.add(() -> replace(due));
    }
    for (Worker worker : dispatcher.workers()) {
      collectDue(worker, now, actions);
    }
    if (memoryCheckNanos <= now) {
      memoryCheckNanos = now + MEMORY_CHECK_NANOS;
      List<Worker> all = List.copyOf(dispatcher.workers());
      actions.add(() -> all.forEach(this::checkMemory));
    }
  }

  private void collectDue(Worker worker, long now, List<Runnable> actions) {
    if (worker.isDismissed() && worker.held.isEmpty() && !worker.isDueToEnd) {
      worker.isDueToEnd = true;
      worker.killAtNanos = Moment.after(now, options.grace);
    } else if (worker.killAtNanos <= now) {
      worker.killAtNanos = Worker.NEVER;
      actions.add(worker::kill);
    } else if (worker.isStarting() && worker.startByNanos <= now) {
      worker.end(new EndReason.Late());
      actions.add(worker::kill);
    } else if (taskDeadlineNanos(worker) <= now) {
      actions.add(
          stop(new Eviction(dispatcher, worker, worker.held.element(), options.grace), now));
    } else if (dispatcher.recallNanos(worker) <= now) {
      actions.add(stop(new Recall(dispatcher, worker, worker.held.element()), now));
    } else if (worker.decideByNanos <= now) {
      actions.add(Objects.requireNonNull(worker.stoppage)::giveUp);
    } else if (worker.retire()) {
      dispatcher.counters.recycled.increment();
      actions.add(() -> replace(new Start(worker.slot, now, worker, true)));
    }
  }

  private static Runnable stop(Stoppage stoppage, long now) {
    stoppage.worker.stoppage = stoppage;
    stoppage.worker.decideByNanos = Moment.after(now, stoppage.patience);
    return stoppage::begin;
  }

  private void checkMemory(Worker worker) {
    if (ResidentMemory.ofBytes(worker.pid()) > options.recycleAbove) {
      dispatcher.lock.run(worker::wearOut);
    }
  }

  private void replace(Start due) {
    try {
      start(due.slot, due.replaces, due.restart);
    } catch (IOException | OutOfMemoryError e) { // The latter if there are no threads to be had.
      failedToStart(due, e);
    }
  }

  /// The system may be short of something for a moment: it is tried again, as after a death.
  private void failedToStart(Start due, Throwable why) {
    carryOut(dispatcher.lock.get(() -> verdictOn(due, why)));
  }

  private @Nullable Verdict verdictOn(Start due, Throwable why) {
    if (dispatcher.admission.isOver() || gaveUp) {
      return null;
    }
    // While there is another child, that one may yet take tasks, or end and be counted.
    boolean none = dispatcher.workers().isEmpty();
    String how = "it could not be started: " + why.getMessage();
    due.slot.deathsInARow++;
    Verdict verdict = intensity.died(System.nanoTime(), none, none, how);
    gaveUp = verdict != null && verdict.fails();
    if (!gaveUp) {
      startLater(due.slot, due.replaces, due.restart, verdict != null);
    }
    return verdict;
  }

  /// Without the lock.
  private void carryOut(@Nullable Verdict verdict) {
    if (verdict == null) {
      return;
    }
    if (verdict.fails()) {
      dispatcher.fail(verdict.words());
    } else if (dispatcher.lock.get(this::mayTell)) {
      dispatcher.tellTrouble(verdict.words());
    }
  }

  private boolean mayTell() {
    long now = System.nanoTime();
    boolean may =
        !hasTold || now - toldNanos > TimeUnit.NANOSECONDS.convert(options.restarts().window());
    if (may) {
      hasTold = true;
      toldNanos = now;
    }
    return may;
  }

  /// Starts a worker after the back-off of its slot.
  private void startLater(
      Worker.Slot slot, @Nullable Worker replaces, boolean restart, boolean atLimit) {
    RestartPolicy policy = options.restarts();
    Duration backoff = atLimit ? policy.maxBackoff() : policy.backoffAfter(slot.deathsInARow);
    starts.add(new Start(slot, Moment.after(System.nanoTime(), backoff), replaces, restart));
    dispatcher.attention.signal();
  }

  // ---- Events of workers, on their threads ----

  /// Whether a worker that is ready may take tasks. One that would be recycled before its first is
  /// ended, and counts as a start that failed: the next would be as large.
  boolean fits(Worker worker) {
    long limitBytes = options.recycleAbove;
    long bytes = limitBytes > 0 ? ResidentMemory.ofBytes(worker.pid()) : 0;
    if (bytes > limitBytes) {
      unfit(
          worker,
          "it held %s bytes before its first task, more than the %s above which workers are recycled; raise that limit"
              .formatted(bytes, limitBytes));
      return false;
    }
    return true;
  }

  /// A worker is ready. One that it replaces finishes what it runs, and ends.
  void started(Worker worker) {
    Worker old =
        dispatcher.lock.get(() -> {
          intensity.started();
          Worker replaced = worker.replaces;
          worker.replaces = null;
          if (replaced != null) {
            replaced.dismiss();
            dispatcher.attention.signal();
          }
          return replaced;
        });
    if (old != null) {
      old.pump();
    }
  }

  /// The worker cannot make its task.
  void noTask(Worker worker, Thrown thrown) {
    unfit(
        worker,
        "it could not make its task %s: %s: %s"
            .formatted(options.task.getName(), thrown.type(), thrown.message()));
  }

  /// The worker will not do, for this reason: it is ended before it takes a task.
  private void unfit(Worker worker, String why) {
    end(worker, new EndReason.Unfit(why));
  }

  /// The worker wrote something that is not ours: it is ended.
  void distrust(Worker worker, IOException garbage) {
    end(worker, new EndReason.Garbage(garbage));
  }

  private void end(Worker worker, EndReason why) {
    dispatcher.lock.run(() -> worker.end(why));
    worker.kill();
  }

  /// The worker's channel has ended: it should end now, and is ended if it does not.
  void silent(Worker worker) {
    dispatcher.lock.run(() -> {
      worker.end(new EndReason.Gone());
      worker.killAtNanos = Moment.after(System.nanoTime(), options.grace);
      dispatcher.attention.signal();
    });
  }

  void exited(Worker worker, Exit exit) {
    dispatcher.lock.run(() -> {
      worker.end(new EndReason.Gone());
      worker.exit = exit;
    });
  }

  void died(Worker worker) {
    Verdict verdict =
        dispatcher.lock.get(() -> {
          ended.removeIf(old -> !old.process.isRunning());
          ended.add(worker);
          if (dispatcher.admission.isOver() || gaveUp) {
            return null;
          }
          Verdict found = succeed(worker);
          gaveUp = found != null && found.fails();
          return found;
        });
    carryOut(verdict);
    dispatcher.died(worker);
  }

  /// Sees to a successor of a dead worker; returns what is to be done at the limit, or null.
  private @Nullable Verdict succeed(Worker worker) {
    Verdict verdict = null;
    boolean endedAsAsked = worker.isDismissed() && worker.held.isEmpty();
    if (worker.victim() == null && !endedAsAsked) {
      dispatcher.counters.deaths.increment();
      // Of a task: it fails with it, or is given to others a bounded number of times.
      verdict = worker.wasReady() && !worker.held.isEmpty() ? null : verdictOn(worker);
    }
    boolean fails = verdict != null && verdict.fails();
    Worker old = worker.replaces;
    boolean oldLives = old != null && dispatcher.workers().contains(old);
    if (!fails && !worker.isDismissed() && !oldLives) {
      promoteSpare(worker.slot);
    }
    if (!fails && !worker.isReplaced()) { // Else its successor has been started already.
      startLater(worker.slot, oldLives ? old : null, true, verdict != null);
    }
    return verdict;
  }

  /// A spare that is ready takes the dead worker's place at once; the successor will be the spare.
  private void promoteSpare(Worker.Slot slot) {
    if (slot.spare) {
      return;
    }
    for (Worker spare : dispatcher.workers()) {
      if (spare.slot.spare && spare.isUp()) {
        spare.slot.spare = false;
        slot.spare = true;
        return;
      }
    }
  }

  /// What is to be done after this death, for which no task is to blame.
  private @Nullable Verdict verdictOn(Worker worker) {
    String how =
        worker.endReason() instanceof EndReason.Unfit(String words)
            ? words
            : worker.exit.describe()
                + "; its standard error may say why"
                + (worker.wasReady() ? "" : options.java().whatIsMissing());
    worker.slot.deathsInARow++;
    return intensity.died(System.nanoTime(), !worker.wasReady(), dispatcher.takers() == 0, how);
  }

  // ---- Closing ----

  CloseReport close(Duration drain) {
    boolean first =
        dispatcher.lock.get(() -> {
          boolean was = closing;
          closing = true;
          return !was;
        });
    if (first) {
      try {
        report.complete(new PoolShutdown(dispatcher, this, options.grace).run(drain));
      } catch (RuntimeException | Error e) {
        report.completeExceptionally(e); // Who else closes it must not wait for ever.
        giveUp("the pool failed: its close met " + e);
        throw e;
      }
    }
    return report.join();
  }

  /// Ends all at once.
  private void giveUp(String reason) {
    dispatcher.fail(reason);
    dispatcher.lock.run(this::stop);
    dispatcher.liveWorkers().forEach(Worker::kill);
  }

  /// Starts no more, and ends the supervisor's thread; under the lock.
  void stop() {
    starts.clear();
    stopped = true;
    dispatcher.attention.signalAll();
  }

  /// Waits for the supervisor's thread, and for those of the dead workers.
  void awaitThreads() throws InterruptedException {
    thread.join(UNREAPED_PATIENCE);
    List<Worker> all =
        dispatcher.lock.get(
            () -> Stream.concat(ended.stream(), dispatcher.workers().stream()).toList());
    for (Worker worker : all) {
      worker.process.awaitClosed(UNREAPED_PATIENCE);
    }
  }
}
