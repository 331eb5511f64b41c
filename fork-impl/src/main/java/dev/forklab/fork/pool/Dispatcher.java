package dev.forklab.fork.pool;

import dev.forklab.fork.channel.Frame;
import dev.forklab.fork.channel.FrameKind;
import dev.forklab.fork.codec.CodecException;
import dev.forklab.fork.codec.Thrown;
import dev.forklab.workload.pool.TaskFailure;
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
import java.util.concurrent.locks.ReentrantLock;
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
  record Ending(CompletableFuture<byte[]> future, TaskFailure failure) {
    void complete() {
      future.completeExceptionally(failure);
    }
  }

  /// What makes a reply of a frame's body: [dev.forklab.fork.codec.TaskCodec#decode].
  interface Decoder {
    byte[] decode(byte[] body) throws CodecException;
  }

  /// A task is given to so many workers that die before they have it whole. One is bad luck; the
  /// task of so many is what kills them (it is longer than their memory, say).
  static final int MAX_VAIN_DELIVERIES = 3;

  /// To fetch the next task takes a worker some 0.1 ms: of a task of this length, 1 in 200.
  static final long LONG_NANOS = 20_000_000;

  /// A Unix domain socket takes some 200 KiB.
  static final int MAX_BYTES_BEHIND = 128 << 10;

  /// A run counts so much in what is usual.
  private static final double NEWEST_SHARE = 0.125;

  final ReentrantLock lock = new ReentrantLock();
  // Signalled when the supervisor has something to do before it expected.
  final Condition attention = lock.newCondition();
  // Signalled when a worker has become ready, and when the pool has come to its end.
  final Condition readied = lock.newCondition();

  final Admission admission;
  private final int prefetch;
  private final int size;
  private final long timeoutNanos;
  private final Decoder decoder;
  private final int retries;
  private final long recycleAfterTasks;
  private final long cancelPatienceNanos;
  private final Consumer<String> onTrouble;
  final Counters counters = new Counters();
  private final AtomicLong lastId = new AtomicLong();
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private double usualRunNanos;
  private final List<Worker> workers = new ArrayList<>();
  // When the supervisor means to look again; it must be woken for what comes before.
  long supervisorWakesNanos;

  Dispatcher(ForkPoolOptions options, Decoder decoder) {
    this.admission = new Admission(options.pool(), lock);
    this.size = options.pool().workers();
    this.prefetch = options.prefetch();
    this.timeoutNanos =
        options.pool().taskTimeout().map(TimeUnit.NANOSECONDS::convert).orElse(Worker.NEVER);
    this.retries = options.policy().retries();
    this.recycleAfterTasks = options.policy().recycleAfterTasks();
    this.cancelPatienceNanos = TimeUnit.NANOSECONDS.convert(options.policy().cancelPatience());
    this.onTrouble = options.restarts().onTrouble();
    this.decoder = decoder;
  }

  // ---- Submitters ----

  CompletableFuture<byte[]> submit(byte[] body, TaskOptions options) throws InterruptedException {
    long limitNanos = options.limit().map(TimeUnit.NANOSECONDS::convert).orElse(timeoutNanos);
    Task task = new Task(lastId.incrementAndGet(), body, options, limitNanos, this::cancelled);
    task.future.whenComplete((_, thrown) -> counters.ended(thrown));
    Worker chosen = null;
    lock.lockInterruptibly();
    try {
      Optional<TaskFailure> refusal = admission.enter();
      counters.submitted.increment();
      if (refusal.isPresent()) {
        return refused(task, refusal.get());
      }
      waiting.add(task);
      chosen = leastLoaded();
      if (chosen != null) {
        fill(chosen);
      }
    } finally {
      lock.unlock();
    }
    if (chosen != null) {
      chosen.pump();
    }
    return task.future;
  }

  private CompletableFuture<byte[]> refused(Task task, TaskFailure why) {
    task.state = Task.State.ENDED;
    task.future.completeExceptionally(why);
    return task.future;
  }

  private void cancelled(Task task) {
    Worker holder = null;
    lock.lock();
    try {
      if (task.state == Task.State.WAITING) {
        waiting.remove(task);
        admission.ended(task);
      } else if (task.state == Task.State.SENT) {
        holder = holderOf(task).orElse(null);
        if (holder != null) {
          callOff(holder, task);
        }
      }
    } finally {
      lock.unlock();
    }
    if (holder != null) {
      holder.pump();
    }
  }

  /// One that waits in the channel is revoked; one that runs costs its worker, unless it ends soon.
  private void callOff(Worker holder, Task task) {
    if (holder.held.peek() == task) {
      holder.evictAtNanos = Moment.after(System.nanoTime(), cancelPatienceNanos);
      attention.signal();
    } else {
      admission.calledOff(task);
      holder.revoke(task);
    }
  }

  private Optional<Worker> holderOf(Task task) {
    return workers.stream().filter(worker -> worker.held.contains(task)).findFirst();
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
    Task next = waiting.peek();
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

  private void give(Worker worker, Task task) {
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
  private void begins(Worker worker, Task task) {
    task.startedNanos = System.nanoTime();
    counters.waits.record(task.startedNanos - task.submittedNanos);
    worker.evictAtNanos =
        task.future.isDone() ? Moment.after(task.startedNanos, cancelPatienceNanos) : Worker.NEVER;
    if (Math.min(task.deadlineNanos(), worker.evictAtNanos) < supervisorWakesNanos) {
      attention.signal();
    }
  }

  // ---- Events of workers ----

  /// Takes a worker that was just started; false if the pool has come to its end meanwhile.
  boolean added(Worker worker) {
    lock.lock();
    try {
      workers.add(worker);
      if (admission.isOver()) {
        worker.state = Worker.State.ENDING;
        return false;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// The worker can take tasks. False if it is late: it is being ended already.
  boolean ready(Worker worker) {
    lock.lock();
    try {
      if (worker.state != Worker.State.STARTING) {
        return false;
      }
      worker.state = Worker.State.READY;
      worker.wasReady = true;
      readied.signalAll();
      attention.signal(); // What waits behind a long task has another worker now.
      fill(worker);
    } finally {
      lock.unlock();
    }
    worker.pump();
    return true;
  }

  /// The task that the worker runs says how far it is. A listener that throws is reported, and
  /// harms nothing else.
  void progressed(Worker worker, Frame frame) {
    Task task = running(worker);
    if (task == null || task.id != frame.id() || task.future.isDone()) {
      return; // Given up meanwhile.
    }
    guarded(() -> task.onProgress.accept(frame.body()));
  }

  private @Nullable Task running(Worker worker) {
    lock.lock();
    try {
      return worker.held.peek();
    } finally {
      lock.unlock();
    }
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
    Task task;
    boolean revoked;
    List<Worker> filled;
    lock.lock();
    try {
      if (admission.isStopping() || worker.distrusted) {
        return; // Its tasks have been given up already, or nothing that it says counts any more.
      }
      if (frame.kind() == FrameKind.CANCELLED && worker.recalled.remove(frame.id())) {
        return;
      }
      task = asked(worker, frame);
      revoked = take(worker, task, frame.kind());
      filled = revoked ? fillAll() : List.of(worker);
    } finally {
      lock.unlock();
    }
    filled.forEach(Worker::pump);
    if (!revoked) {
      complete(task, frame);
    }
  }

  /// What it may answer: its first task, of which it has all bytes; that it did not start it, only
  /// if it was asked not to.
  private static Task asked(Worker worker, Frame frame) throws IOException {
    Task task = worker.held.peek();
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
  private boolean take(Worker worker, Task task, FrameKind kind) {
    worker.held.remove();
    worker.evictAtNanos = Worker.NEVER;
    Task next = worker.held.peek();
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
    if (!worker.replaced) {
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
    if (wornOut || (worker.dismissed && worker.held.isEmpty())) {
      attention.signal();
    }
    return false;
  }

  /// The worker stands still and will read what it was asked before it starts another task: those
  /// that it was asked not to start wait in the pool again.
  void recalled(Worker worker) {
    List<Worker> filled;
    lock.lock();
    try {
      if (admission.isOver()) {
        return; // They end with their worker.
      }
      Iterator<Task> lastFirst = worker.held.descendingIterator();
      while (lastFirst.hasNext()) {
        Task task = lastFirst.next();
        if (task.revoked && !task.future.isDone() && task != worker.held.peek()) {
          lastFirst.remove();
          worker.recalled.add(task.id);
          counters.recalled.increment();
          task.recalled(lastId.incrementAndGet());
          waiting.addFirst(task);
        }
      }
      filled = fillAll();
    } finally {
      lock.unlock();
    }
    filled.forEach(Worker::pump);
  }

  private void complete(Task task, Frame frame) throws CodecException {
    try {
      if (frame.isUnreadable()) {
        throw Frame.noMemory();
      }
      switch (frame.kind()) {
        case REPLY -> task.future.complete(decoder.decode(frame.body()));
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

  private static TaskFailure threw(Thrown thrown) {
    return TaskFailure.Threw.remote(
        thrown.type(), thrown.message(), thrown.stack(), thrown.toThrowable());
  }

  /// The worker is dead and its channel read to the end: its tasks are failed, or given to others.
  void died(Worker worker) {
    List<Ending> endings = new ArrayList<>();
    List<Worker> filled;
    lock.lock();
    try {
      workers.remove(worker);
      worker.state = Worker.State.ENDING;
      if (!worker.held.isEmpty()) {
        failStarted(worker, endings);
      }
      takeBack(worker, endings);
      filled = fillAll();
    } finally {
      lock.unlock();
    }
    filled.forEach(Worker::pump);
    endings.forEach(Ending::complete);
  }

  /// Of what it held, only the first task may have started, and only if it had all its bytes.
  private void failStarted(Worker worker, List<Ending> endings) {
    Task first = worker.held.element();
    if (worker.evicted && worker.victim != first) {
      return; // It was taken back while the worker stood still.
    }
    if (!first.maybeArrived() && ++first.vainDeliveries < MAX_VAIN_DELIVERIES) {
      return; // Bytes are missing: it has not started.
    }
    boolean mayRetry = first.deaths < retries && worker.victim != first && !admission.hasFailed();
    if (mayRetry && !first.future.isDone()) {
      first.deaths++;
      counters.retried.increment();
    } else {
      endings.add(new Ending(first.future, deathOf(worker)));
      worker.held.remove();
      admission.ended(first);
    }
  }

  static TaskFailure timedOut(Task task) {
    return new TaskFailure.TimedOut(Duration.ofNanos(task.limitNanos));
  }

  private TaskFailure deathOf(Worker worker) {
    Task victim = worker.victim;
    if (victim != null && victim == worker.held.peek()) {
      return timedOut(victim);
    }
    TaskFailure failure = new TaskFailure.WorkerDied(worker.pid(), worker.status);
    IOException garbage = worker.garbage;
    if (garbage != null) {
      failure.addSuppressed(garbage);
    }
    return failure;
  }

  private void takeBack(Worker worker, List<Ending> endings) {
    Iterator<Task> lastFirst = worker.held.descendingIterator();
    while (lastFirst.hasNext()) {
      Task task = lastFirst.next();
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
    List<Worker> victims;
    lock.lock();
    try {
      if (admission.isOver()) {
        return;
      }
      admission.fail(reason);
      readied.signalAll();
      for (Task task : List.copyOf(waiting)) {
        admission.ended(task);
        endings.add(new Ending(task.future, admission.closedFailure()));
      }
      waiting.clear();
      victims = List.copyOf(workers);
      victims.forEach(worker -> worker.state = Worker.State.ENDING);
    } finally {
      lock.unlock();
    }
    victims.forEach(Worker::kill);
    endings.forEach(Ending::complete);
    tellTrouble(reason);
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
    for (Task task : waiting) {
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
      Task running = worker.held.poll();
      if (running != null) {
        lost += lose(running, endings);
      }
    }
    return lost;
  }

  private int lose(Task task, List<Ending> endings) {
    admission.ended(task);
    if (task.future.isDone()) {
      return 0;
    }
    endings.add(new Ending(task.future, admission.closedFailure()));
    return 1;
  }

  // ---- What others ask ----

  PoolMetrics metrics() {
    lock.lock();
    try {
      int running = (int) workers.stream().filter(worker -> !worker.held.isEmpty()).count();
      return counters.snapshot(Math.max(0, admission.unfinished() - running), running);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until as many workers take tasks as the pool is to have, at most so long; false if they
  /// do not.
  boolean awaitReady(long nanos) throws InterruptedException {
    long leftNanos = nanos;
    lock.lockInterruptibly();
    try {
      while (takers() < size && leftNanos > 0 && !admission.isOver()) {
        leftNanos = readied.awaitNanos(leftNanos);
      }
      return takers() >= size;
    } finally {
      lock.unlock();
    }
  }

  int readyCount() {
    lock.lock();
    try {
      return takers();
    } finally {
      lock.unlock();
    }
  }

  List<Worker> liveWorkers() {
    lock.lock();
    try {
      return workers.stream().sorted(Comparator.comparingInt(w -> w.slot.index())).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The live workers themselves; under the lock.
  List<Worker> workers() {
    return workers;
  }

  long doneCount(Worker worker) {
    lock.lock();
    try {
      return worker.doneCount;
    } finally {
      lock.unlock();
    }
  }
}
