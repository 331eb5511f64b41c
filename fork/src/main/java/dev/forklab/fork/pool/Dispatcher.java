package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.channel.MessageClock;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.MessageCodec;
import dev.forklab.fork.codec.Thrown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tasks of a pool and the workers that hold them.
///
/// `lock` guards all of it. Nothing is written to a socket and no future is completed while it is
/// held: what that needs is collected, and done after.
///
/// [Admission] says which tasks are taken. When tasks wait, no ready worker has room.
///
/// **Room.** A worker holds tasks behind the one that it runs, so that it need not wait for the
/// next between two short ones. Behind a long one they would wait, perhaps for ever, while others
/// could do them: behind a task that has run for [#LONG_NANOS], or where tasks usually take that
/// long, nothing is given; and what was given before is called back then ([Recall]). That is
/// certain only of what is in the socket, so no more is given behind a task than a socket takes.
final class Dispatcher {

  /// Completions that must happen outside the lock.
  record Ending(CompletableFuture<?> future, TaskFailure failure) {
    void complete() {
      future.completeExceptionally(failure);
    }
  }

  /// A task is given to at most this many workers that die before they have received all of it. One
  /// death may be bad luck; after this many, the task itself is what kills them (it is larger than
  /// their memory, say).
  static final int MAX_VAIN_DELIVERIES = 3;

  /// A worker takes about 0.1 ms to fetch the next task: for a task of this length, 0.5%.
  static final long LONG_NANOS = 20_000_000;

  /// A Unix domain socket takes some 200 KiB.
  static final int MAX_BYTES_BEHIND = 128 << 10;

  /// The weight of the newest run in the moving average of run times.
  private static final double NEWEST_SHARE = 0.125;

  final PoolLock lock = new PoolLock();
  // Signalled when the supervisor has something to do before it expected.
  final Condition attention = lock.condition();
  // Signalled when a worker has become ready, and when the pool has come to its end.
  final Condition readied = lock.condition();

  final Admission admission;
  private final int prefetch;
  private final MessageCodec progress;
  private final int size;
  private final long timeoutNanos;
  private final int retries;
  private final long recycleAfterTasks;
  private final long cancelPatienceNanos;
  private final Consumer<String> onTrouble;
  final Counters counters = new Counters();
  // What codecs cost this end.
  final MessageClock clock = new MessageClock();
  private final AtomicLong lastId = new AtomicLong();
  private final ArrayDeque<Job<?>> waiting = new ArrayDeque<>();
  private double usualRunNanos;
  private final List<Worker> workers = new ArrayList<>();
  // When the supervisor means to look again; it must be woken for what comes before.
  long supervisorWakesNanos;

  Dispatcher(ForkPoolOptions<?, ?> options) {
    this.admission = new Admission(options, lock);
    this.size = options.workers;
    this.progress = MessageCodec.of(options.serialization);
    this.prefetch = options.prefetch;
    this.timeoutNanos = options.taskTimeout.map(TimeUnit.NANOSECONDS::convert).orElse(Worker.NEVER);
    this.retries = options.retries;
    this.recycleAfterTasks = options.recycleAfter;
    this.cancelPatienceNanos = TimeUnit.NANOSECONDS.convert(options.cancelPatience);
    this.onTrouble = options.restarts().onTrouble();
  }

  // ---- Submitters ----

  /// @param named as for [Job]
  <R extends @Nullable Object> CompletableFuture<R> submit(
      TaskType type, boolean named, byte[] body, TaskOptions how) throws InterruptedException {
    Job<R> task =
        new Job<>(
            lastId.incrementAndGet(),
            type,
            named,
            body,
            how,
            how.limit().map(TimeUnit.NANOSECONDS::convert).orElse(timeoutNanos),
            this::cancelled);
    task.future.whenComplete((_, thrown) -> counters.ended(thrown));
    Submitted submitted = lock.getInterruptibly(() -> enter(task));
    TaskFailure refusal = submitted.refusal;
    if (refusal != null) {
      task.future.completeExceptionally(refusal);
    }
    submitted.filled.forEach(Worker::pump);
    return task.future;
  }

  /// @param refusal why the task was not taken; null if it was
  /// @param filled who was given it
  private record Submitted(@Nullable TaskFailure refusal, List<Worker> filled) {}

  private Submitted enter(Job<?> task) throws InterruptedException {
    Optional<TaskFailure> refusal = admission.enter();
    counters.submitted.increment();
    if (refusal.isPresent()) {
      task.state = Job.State.ENDED;
      return new Submitted(refusal.get(), List.of());
    }
    waiting.add(task);
    Worker chosen = leastLoaded();
    if (chosen == null) {
      return new Submitted(null, List.of());
    }
    fill(chosen);
    return new Submitted(null, List.of(chosen));
  }

  private void cancelled(Job<?> task) {
    lock.get(() -> callOff(task)).ifPresent(Worker::pump);
  }

  /// Returns who must be told.
  private Optional<Worker> callOff(Job<?> task) {
    if (task.state == Job.State.WAITING) {
      waiting.remove(task);
      admission.ended(task);
    }
    Optional<Worker> holder =
        task.state == Job.State.SENT
            ? workers.stream().filter(worker -> worker.held.contains(task)).findFirst()
            : Optional.empty();
    holder.ifPresent(worker -> callOff(worker, task));
    return holder;
  }

  /// One that waits in the channel is revoked; one that runs is told, and costs its worker unless
  /// it ends soon.
  private void callOff(Worker holder, Job<?> task) {
    if (holder.held.peek() == task) {
      holder.evictAtNanos = Moment.after(System.nanoTime(), cancelPatienceNanos);
      attention.signal();
    } else {
      admission.calledOff(task);
    }
    holder.revoke(task);
  }

  // ---- Dispatch; under the lock ----

  private @Nullable Worker leastLoaded() {
    Worker best = null;
    for (Worker worker : workers) {
      if (hasRoom(worker) && (best == null || worker.held.size() < best.held.size())) {
        best = worker;
      }
    }
    return best;
  }

  /// Whether it can be given the task that waits first.
  private boolean hasRoom(Worker worker) {
    Job<?> next = waiting.peek();
    return next != null
        && worker.takesTasks()
        && (worker.held.isEmpty()
            || (worker.held.size() < prefetch
                && usualRunNanos < LONG_NANOS
                && mayWaitBehind(worker)
                && worker.bytesBehind() + next.frame.body().length <= MAX_BYTES_BEHIND));
  }

  /// Whether what it runs is short so far, and what is behind it could be called back.
  private static boolean mayWaitBehind(Worker worker) {
    long now = System.nanoTime();
    return now < worker.held.element().startedNanos + LONG_NANOS && now >= worker.recallAfterNanos;
  }

  /// When what a worker holds behind the task that it runs is to be called back from it.
  long recallNanos(Worker worker) {
    return worker.stoppage == null
            && worker.held.size() > 1
            && !worker.waiting().isEmpty()
            && workers.stream().anyMatch(other -> other != worker && other.takesTasks())
        ? longNanos(worker)
        : Worker.NEVER;
  }

  /// Gives one worker tasks while it has room; the caller pumps it after the lock.
  private void fill(Worker worker) {
    while (hasRoom(worker) && mayTake(worker)) {
      give(worker, waiting.remove());
    }
  }

  /// An idle worker takes what waits. A busy one takes only what is more than the workers that are
  /// being started can begin with: behind a long task one waits longer than for a JVM.
  private boolean mayTake(Worker worker) {
    return worker.held.isEmpty() || waiting.size() > size - takers();
  }

  /// How many workers take tasks now.
  int takers() {
    return (int) workers.stream().filter(Worker::takesTasks).count();
  }

  /// Gives all workers tasks, least loaded first; returns those that must be pumped.
  private List<Worker> fillAll() {
    List<Worker> filled = new ArrayList<>();
    Worker next = leastLoaded();
    while (next != null && mayTake(next)) {
      give(next, waiting.remove());
      filled.add(next);
      next = leastLoaded();
    }
    return filled;
  }

  private void give(Worker worker, Job<?> task) {
    boolean starts = worker.held.isEmpty();
    worker.give(task);
    if (starts) {
      begins(worker, task);
    } else if (workers.size() > 1 && longNanos(worker) < supervisorWakesNanos) {
      attention.signal();
    }
  }

  /// When the task that it runs will have run for long.
  private static long longNanos(Worker worker) {
    return Math.max(worker.recallAfterNanos, worker.held.element().startedNanos + LONG_NANOS);
  }

  /// The task is the worker's first now: it has started, or will at once.
  private void begins(Worker worker, Job<?> task) {
    task.startedNanos = System.nanoTime();
    counters.waits.record(task.startedNanos - task.submittedNanos);
    worker.evictAtNanos =
        task.future.isDone() ? Moment.after(task.startedNanos, cancelPatienceNanos) : Worker.NEVER;
    if (Math.min(task.deadlineNanos(), worker.evictAtNanos) < supervisorWakesNanos) {
      attention.signal();
    }
  }

  // ---- Events of workers ----

  /// Takes a worker that was just started, and begins to watch it, which its events wait for:
  /// whoever sees it among the workers, sees it watched. False if the pool has come to its end
  /// meanwhile.
  boolean added(Worker worker) {
    return lock.get(() -> {
      worker.process.begin();
      workers.add(worker);
      if (admission.isOver()) {
        worker.end(new EndReason.PoolOver());
      }
      return !worker.isEnding();
    });
  }

  /// The worker can take tasks. False if it is late: it is being ended already.
  boolean ready(Worker worker) {
    boolean ready =
        lock.get(() -> {
          if (!worker.ready()) {
            return false;
          }
          readied.signalAll();
          attention.signal(); // What waits behind a long task has another worker now.
          fill(worker);
          return true;
        });
    if (ready) {
      worker.pump();
    }
    return ready;
  }

  /// The task that the worker runs says how far it is. A listener that throws is reported, and
  /// harms nothing else.
  ///
  /// @throws CodecException if that is not a message
  void progressed(Worker worker, Frame frame) throws CodecException {
    Job<?> task = running(worker);
    if (task == null || task.id != frame.id() || task.future.isDone()) {
      return; // Given up meanwhile.
    }
    Object value = progress.decode(frame.body());
    guarded(() -> task.how.onProgress().accept(value));
  }

  /// What the worker runs, if anything.
  @Nullable Job<?> running(Worker worker) {
    return lock.get(() -> worker.held.peek());
  }

  private static void guarded(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  /// The worker answered the task of that id.
  ///
  /// @throws IOException if that is not what it was asked: then it does not speak our protocol
  void answered(Worker worker, Frame frame) throws IOException {
    Answered answered = lock.get(() -> answer(worker, frame));
    answered.filled.forEach(Worker::pump);
    Job<?> done = answered.done;
    if (done != null) {
      complete(done, frame);
    }
  }

  /// @param done the task that is to be completed with the answer; null if none is
  /// @param filled who was given tasks
  private record Answered(@Nullable Job<?> done, List<Worker> filled) {}

  private Answered answer(Worker worker, Frame frame) throws IOException {
    boolean counts = !admission.isStopping() && !(worker.endReason() instanceof EndReason.Garbage);
    boolean wasRecalled =
        counts && frame.kind() == FrameKind.CANCELLED && worker.recalled.remove(frame.id());
    if (!counts || wasRecalled) {
      return new Answered(null, List.of());
    }
    Job<?> task = asked(worker, frame);
    return take(worker, task, frame.kind())
        ? new Answered(null, fillAll())
        : new Answered(task, List.of(worker));
  }

  /// What it may answer: its first task, of which it has all bytes; that it did not start it, only
  /// if it was asked not to.
  private static Job<?> asked(Worker worker, Frame frame) throws IOException {
    Job<?> task = worker.held.peek();
    if (task == null || task.id != frame.id() || !task.maybeArrived()) {
      throw new IOException(
          "expected the answer to %s, found one to task %s"
              .formatted(task == null ? "nothing" : "task " + task.id, frame.id()));
    }
    if (frame.kind() == FrameKind.CANCELLED && !task.revoked) {
      throw new IOException("expected a reply to task %s, found it called off".formatted(task.id));
    }
    return task;
  }

  /// The worker's first task is off its hands. True if it was taken back from it before it started,
  /// and must be given to another.
  private boolean take(Worker worker, Job<?> task, FrameKind kind) {
    worker.held.remove();
    worker.evictAtNanos = Worker.NEVER;
    Job<?> next = worker.held.peek();
    if (next != null) {
      begins(worker, next);
    }
    if (kind == FrameKind.CANCELLED && !task.future.isDone() && !admission.hasFailed()) {
      task.backToQueue();
      waiting.addFirst(task);
      attention.signal(); // It may have been the last of one that is to end.
      return true;
    }
    worker.doneCount++;
    if (!worker.isReplaced()) {
      worker.slot.deathsInARow = 0; // Else it would hide that its successors fail to start.
    }
    long runNanos = System.nanoTime() - task.startedNanos;
    if (kind != FrameKind.CANCELLED) {
      usualRunNanos += NEWEST_SHARE * (runNanos - usualRunNanos);
    }
    counters.runs.record(runNanos);
    admission.ended(task);
    fill(worker);
    boolean wornOut = recycleAfterTasks > 0 && worker.doneCount >= recycleAfterTasks;
    if (wornOut) {
      worker.wearOut();
    }
    if (wornOut || (worker.isDismissed() && worker.held.isEmpty())) {
      attention.signal();
    }
    return false;
  }

  /// The worker stands still and will read what it was asked before it starts another task: those
  /// that it was asked not to start wait in the pool again.
  void recalled(Worker worker) {
    lock.get(() -> takeBackRecalled(worker)).forEach(Worker::pump);
  }

  private List<Worker> takeBackRecalled(Worker worker) {
    if (admission.isOver()) {
      return List.of(); // They end with their worker.
    }
    Iterator<Job<?>> lastFirst = worker.held.descendingIterator();
    while (lastFirst.hasNext()) {
      Job<?> task = lastFirst.next();
      if (task.revoked && !task.future.isDone() && task != worker.held.peek()) {
        lastFirst.remove();
        worker.recalled.add(task.id);
        counters.recalled.increment();
        task.recalled(lastId.incrementAndGet());
        waiting.addFirst(task);
      }
    }
    return fillAll();
  }

  private void complete(Job<?> task, Frame frame) throws CodecException {
    try {
      if (frame.isUnreadable()) {
        throw Frame.noMemory();
      }
      switch (frame.kind()) {
        case REPLY -> replied(task, frame.body());
        case THREW -> task.future.completeExceptionally(threw(Thrown.decode(frame.body())));
        default -> task.future.cancel(false);
      }
    } catch (CodecException e) {
      task.future.completeExceptionally(TaskFailure.Threw.local(e));
      throw e;
    } catch (RuntimeException | Error e) {
      // No memory for the reply, say: nobody else has this task any more.
      task.future.completeExceptionally(TaskFailure.Threw.local(e));
    }
  }

  private void replied(Job<?> task, byte[] body) throws CodecException {
    if (!task.hasOutput()) {
      task.reply(body, clock);
      return;
    }
    task.whenOutputCopied(() -> {
      try {
        task.reply(body, clock);
      } catch (CodecException | RuntimeException | Error e) {
        task.future.completeExceptionally(TaskFailure.Threw.local(e));
      }
    });
  }

  private static TaskFailure threw(Thrown thrown) {
    return TaskFailure.Threw.remote(
        thrown.type(), thrown.message(), thrown.stack(), thrown.toThrowable());
  }

  /// The worker is dead and its channel read to the end: its tasks are failed, or given to others.
  void died(Worker worker) {
    List<Ending> endings = new ArrayList<>();
    List<Worker> filled =
        lock.get(() -> {
          workers.remove(worker);
          worker.end(new EndReason.Gone());
          if (!worker.held.isEmpty()) {
            failStarted(worker, endings);
          }
          takeBack(worker, endings);
          return fillAll();
        });
    filled.forEach(Worker::pump);
    endings.forEach(Ending::complete);
  }

  /// Of what it held, only the first task may have started, and only if it had all its bytes.
  private void failStarted(Worker worker, List<Ending> endings) {
    Job<?> first = worker.held.element();
    Job<?> victim = worker.victim();
    if (victim != first && worker.wasEvictedAtRest()) {
      return; // It was taken back while the worker stood still.
    }
    if (!first.maybeArrived() && ++first.vainDeliveries < MAX_VAIN_DELIVERIES) {
      return; // Bytes are missing: it has not started.
    }
    boolean mayRetry = first.deaths < retries && victim != first && !admission.hasFailed();
    if (mayRetry && !first.future.isDone()) {
      first.deaths++;
      counters.retried.increment();
    } else {
      endings.add(new Ending(first.future, deathOf(worker)));
      worker.held.remove();
      admission.ended(first);
    }
  }

  static TaskFailure timedOut(Job<?> task) {
    return new TaskFailure.TimedOut(Duration.ofNanos(task.limitNanos));
  }

  private TaskFailure deathOf(Worker worker) {
    Job<?> victim = worker.victim();
    if (victim != null && victim == worker.held.peek()) {
      return timedOut(victim);
    }
    TaskFailure failure = new TaskFailure.WorkerDied(worker.pid(), worker.exit);
    IOException wrong = worker.whatWasWrong();
    if (wrong != null) {
      failure.addSuppressed(wrong);
    }
    return failure;
  }

  private void takeBack(Worker worker, List<Ending> endings) {
    Iterator<Job<?>> lastFirst = worker.held.descendingIterator();
    while (lastFirst.hasNext()) {
      Job<?> task = lastFirst.next();
      if (task.future.isDone()) {
        admission.ended(task);
      } else if (admission.hasFailed()) {
        admission.ended(task);
        endings.add(new Ending(task.future, admission.closedFailure()));
      } else {
        task.backToQueue();
        waiting.addFirst(task);
      }
    }
    worker.held.clear();
  }

  /// The pool can do no more: nothing is taken, and what waits fails with these words.
  void fail(String reason) {
    List<Ending> endings = new ArrayList<>();
    List<Worker> victims = new ArrayList<>();
    boolean first = lock.get(() -> fail(reason, endings, victims));
    victims.forEach(Worker::kill);
    endings.forEach(Ending::complete);
    if (first) {
      tellTrouble(reason);
    }
  }

  /// False if it was over before.
  private boolean fail(String reason, List<Ending> endings, List<Worker> victims) {
    if (admission.isOver()) {
      return false;
    }
    admission.fail(reason);
    readied.signalAll();
    for (Job<?> task : waiting) {
      admission.ended(task);
      endings.add(new Ending(task.future, admission.closedFailure()));
    }
    waiting.clear();
    victims.addAll(workers);
    victims.forEach(worker -> worker.end(new EndReason.PoolOver()));
    return true;
  }

  /// Tells the pool's owner, and counts it.
  void tellTrouble(String words) {
    counters.restartLimits.increment();
    guarded(() -> onTrouble.accept(words));
  }

  // ---- Closing; under the lock ----

  /// Gives up everything that waits.
  int loseWaiting(List<Ending> endings) {
    int lost = 0;
    for (Job<?> task : waiting) {
      lost += lose(task, endings);
    }
    waiting.clear();
    return lost;
  }

  /// Gives up everything that workers hold but have not started.
  int loseHeldBehindFirst(List<Ending> endings) {
    int lost = 0;
    for (Worker worker : workers) {
      while (worker.held.size() > 1) {
        lost += lose(worker.held.removeLast(), endings);
      }
    }
    return lost;
  }

  /// Gives up what runs.
  int loseRunning(List<Ending> endings) {
    int lost = 0;
    for (Worker worker : workers) {
      Job<?> running = worker.held.poll();
      if (running != null) {
        lost += lose(running, endings);
      }
    }
    return lost;
  }

  private int lose(Job<?> task, List<Ending> endings) {
    admission.ended(task);
    if (task.future.isDone()) {
      return 0;
    }
    endings.add(new Ending(task.future, admission.closedFailure()));
    return 1;
  }

  // ---- What others ask ----

  PoolMetrics metrics() {
    return lock.get(() -> {
      int running = (int) workers.stream().filter(worker -> !worker.held.isEmpty()).count();
      return counters.snapshot(Math.max(0, admission.unfinished() - running), running);
    });
  }

  /// Waits until as many workers take tasks as the pool is to have, at most so long; false if they
  /// do not.
  boolean awaitReady(long nanos) throws InterruptedException {
    return lock.getInterruptibly(() -> {
      long leftNanos = nanos;
      while (takers() < size && leftNanos > 0 && !admission.isOver()) {
        leftNanos = readied.awaitNanos(leftNanos);
      }
      return takers() >= size;
    });
  }

  int readyCount() {
    return lock.get(this::takers);
  }

  List<Worker> liveWorkers() {
    return lock.get(
        () -> workers.stream().sorted(Comparator.comparingInt(w -> w.slot.index())).toList());
  }

  /// The live workers themselves; under the lock.
  List<Worker> workers() {
    return workers;
  }

  long doneCount(Worker worker) {
    return lock.get(() -> worker.doneCount);
  }
}
