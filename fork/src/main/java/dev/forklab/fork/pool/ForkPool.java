package dev.forklab.fork.pool;

import dev.forklab.fork.channel.MessageClock.Part;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.fork.data.JvmReport;
import dev.forklab.fork.data.MessageWork;
import dev.forklab.fork.launch.ForkedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A pool of child JVMs that do tasks, each with its own channel.
///
/// Safe for use by many threads. **Every future completes**: with the reply, with a [TaskFailure],
/// or, once cancelled, with a [java.util.concurrent.CancellationException].
///
/// **Threads.** A submitter encodes its request and writes it to the worker itself. Each worker has
/// two threads here: its channel thread reads replies, hands the worker its next task and completes
/// futures, in the worker's order; so dependent stages mostly run there, and those that do long
/// work belong on an executor of the caller's. `fork-supervisor NAME` starts and replaces workers
/// and keeps deadlines. A `submit` on a thread that runs tasks of a pool, or completes them, never
/// blocks: its task is taken beyond the queue's bound, for that thread may be the one that has to
/// make room.
///
/// **At most once.** A worker replies to a task before it starts the next, and the kernel delivers
/// what it wrote before it died. So when a worker is dead and its channel has been read to the end,
/// at most the first task without a reply can have started: it fails with [TaskFailure.WorkerDied].
/// Those behind it, and a first one whose bytes had not all left this process, have provably not
/// started: they go to another worker.
///
/// A task that three workers in a row died of before they had all its bytes is given to no other. A
/// message that is too long for a worker's memory fails by itself, with an [OutOfMemoryError].
///
/// **Processes.** Each worker leads a session of its own and takes no notice of SIGINT and SIGTERM:
/// a Ctrl-C, or the stop of a service manager, is the parent's to act on, which closes the pool and
/// so lets what runs finish. A worker ends with its parent, however that ends. What tasks have
/// started ends with their worker, on Linux, unless it leads a session or process group of its own,
/// or the parent is killed: then it is theirs to end. In place of a working directory that was
/// removed, new workers have what took its name, or else the root.
///
/// **Failure.** A worker that dies or does not start is replaced. One that dies of its task costs
/// that task, and nothing else. What happens when workers die by themselves too often is the
/// owner's choice ([RestartPolicy]): the pool keeps trying and says so, or fails; every future then
/// fails with [TaskFailure.PoolClosed], which says why. A pool of which no worker was ever ready
/// fails.
///
/// @param <Q> a request of the pool's own task
/// @param <R> a reply
public final class ForkPool<Q, R extends @Nullable Object> implements AutoCloseable {

  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);

  private final ForkPoolOptions<Q, R> options;
  private final Map<Class<?>, TaskType> types = new ConcurrentHashMap<>();
  private final TaskType own;
  private final Dispatcher dispatcher;
  private final Supervisor supervisor;
  private final PoolManagement management;

  /// For tests of starts that fail.
  ForkPool(ForkPoolOptions<Q, R> options, Supervisor.Starter starter) throws IOException {
    this.options = options.settled();
    this.own = type(options.task);
    this.dispatcher = new Dispatcher(this.options);
    this.supervisor = new Supervisor(this.options, dispatcher, starter);
    this.management = new PoolManagement(options.name, this::metrics);
    supervisor.begin();
  }

  /// The options of a pool whose workers do this task.
  ///
  /// @param task a public class with a public constructor without parameters
  public static <Q, R extends @Nullable Object> ForkPoolOptions<Q, R> with(
      Class<? extends Task<Q, R>> task) {
    return new ForkPoolOptions<>(task);
  }

  /// Opens a pool of so many workers, with all else as it is by default.
  ///
  /// @throws IOException as [#open] says
  public static <Q, R extends @Nullable Object> ForkPool<Q, R> of(
      Class<? extends Task<Q, R>> task, int workers) throws IOException {
    return with(task).workers(workers).open();
  }

  /// Starts the workers, and returns before they are ready.
  ///
  /// @throws IOException if the first worker cannot even be started: no such `java`, no room for
  ///   its socket
  /// @throws IllegalStateException if it cannot be told where a worker finds its classes; the
  ///   message says what to give
  static <Q, R extends @Nullable Object> ForkPool<Q, R> open(ForkPoolOptions<Q, R> options)
      throws IOException {
    return new ForkPool<>(options, Worker::start);
  }

  /// Makes the [dev.forklab.fork.launch.StartArchive] of the workers of such pools, unless it is
  /// there; the workers of every later pool with the same task, serialization, JDK, flags and class
  /// path, whatever its arguments, then start faster, and are sooner at full speed: the archive
  /// also holds what the JVM has seen of the hot code (JEP 515), so it is compiled sooner. Blocks
  /// for 3 to 12 s, and a start: one worker does one request 12,000 times.
  ///
  /// @param request one like those to come
  /// @return whether there is one now; false for a class path with directories in it
  /// @throws IOException if the archive's directory cannot be written, or the worker does not end
  public static <Q> boolean prepare(ForkPoolOptions<Q, ?> options, Q request)
      throws IOException, InterruptedException {
    TaskType type = TaskType.of(options.task, options.serialization);
    return Worker.prepare(options.settled(), type.requests().encode(request));
  }

  private TaskType type(Class<?> task) {
    return types.computeIfAbsent(task, key -> TaskType.of(key, options.serialization));
  }

  /// Gives one request to the pool. Blocks while the queue is full, if so configured.
  ///
  /// @return a future of the reply; already failed with [TaskFailure.PoolClosed] if the pool is
  ///   closed, or with [TaskFailure.Rejected] if the queue is full and rejects
  /// @throws IllegalArgumentException if the request cannot be written, or is too long
  /// @throws InterruptedException if interrupted while waiting for room; the request was not taken
  public CompletableFuture<R> submit(Q request) throws InterruptedException {
    return submit(request, TaskOptions.DEFAULT);
  }

  /// [#submit(Object)] with a limit or a listener of its own.
  public CompletableFuture<R> submit(Q request, TaskOptions how) throws InterruptedException {
    return submit(own, false, request, how);
  }

  /// Gives a request of another task to the pool: each worker makes its object of it when the first
  /// such request comes.
  public <P, S extends @Nullable Object> CompletableFuture<S> submit(
      Class<? extends Task<P, S>> task, P request) throws InterruptedException {
    return submit(task, request, TaskOptions.DEFAULT);
  }

  /// [#submit(Class, Object)] with a limit or a listener of its own.
  public <P, S extends @Nullable Object> CompletableFuture<S> submit(
      Class<? extends Task<P, S>> task, P request, TaskOptions how) throws InterruptedException {
    return submit(type(task), task != options.task, request, how);
  }

  private <S extends @Nullable Object> CompletableFuture<S> submit(
      TaskType type, boolean named, Object request, TaskOptions how) throws InterruptedException {
    int most = options.maxMessageBytes;
    long begun = dispatcher.clock.begin();
    byte[] body =
        request instanceof byte[] bytes && bytes.length > most
            ? bytes
            : type.requests().encode(request);
    dispatcher.clock.end(Part.ENCODE, begun);
    if (body.length > most) {
      throw new IllegalArgumentException(
          "expected a request of at most %s encoded bytes, found %s or more; raise maxMessageBytes"
              .formatted(most, body.length));
    }
    return dispatcher.submit(type, named, body, how);
  }

  /// Gives all requests to the pool, in order, and blocks until the last is done, well or badly:
  /// what [java.util.concurrent.ExecutorService#invokeAll] does.
  ///
  /// @return a completed future for each request, in the same order
  /// @throws InterruptedException if interrupted; then all that are not done are cancelled
  public List<CompletableFuture<R>> submitAll(Collection<? extends Q> requests)
      throws InterruptedException {
    List<CompletableFuture<R>> futures = new ArrayList<>(requests.size());
    try {
      for (Q request : requests) {
        futures.add(submit(request));
      }
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException | CancellationException _) {
      // Each future says what became of its own request.
    } catch (InterruptedException | RuntimeException | Error e) {
      futures.forEach(future -> future.cancel(true));
      throw e;
    }
    return futures;
  }

  /// The process ids of the workers that are there now.
  public List<Long> pids() {
    return dispatcher.liveWorkers().stream().map(Worker::pid).toList();
  }

  /// Blocks until all workers take tasks, at most for `patience`: before measuring, or before a
  /// service says that it is up. Tasks may be submitted without.
  ///
  /// @return false if they do not in time, or the pool has failed or was closed
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return dispatcher.awaitReady(TimeUnit.NANOSECONDS.convert(patience));
  }

  /// How many workers take tasks now.
  int readyCount() {
    return dispatcher.readyCount();
  }

  /// Each worker now. Asks them over their lifelines; blocks for at most a second per worker that
  /// does not answer.
  public List<WorkerStats> stats() {
    return dispatcher.liveWorkers().stream()
        .map(
            w -> new WorkerStats(w.pid(), w.process.heap(ANSWER_PATIENCE), dispatcher.doneCount(w)))
        .toList();
  }

  /// What the heap of each worker that answers has cost so far. Blocks as [#stats] does.
  public List<HeapWork> heapWork() {
    return answers(process -> process.heapWork(ANSWER_PATIENCE));
  }

  /// What messages have cost each worker that answers since it was first asked. Blocks as [#stats]
  /// does. From then on each task costs its worker some microseconds more, for reading the clock.
  public List<MessageWork> messageWork() {
    return answers(process -> process.messageWork(ANSWER_PATIENCE));
  }

  /// The same of this end, for the workers that there are now.
  public MessageWork ownMessageWork() {
    return dispatcher.liveWorkers().stream()
        .map(worker -> worker.process.channel().clock().work())
        .reduce(dispatcher.clock.work(), MessageWork::plus);
  }

  /// What the JVM of each worker that answers says of itself. Blocks as [#stats] does.
  public List<JvmReport> jvms() {
    return answers(process -> process.jvm(ANSWER_PATIENCE));
  }

  private <T> List<T> answers(Function<ForkedProcess, Optional<T>> question) {
    return dispatcher.liveWorkers().stream()
        .flatMap(worker -> question.apply(worker.process).stream())
        .toList();
  }

  /// The pool's counts now.
  public PoolMetrics metrics() {
    return dispatcher.metrics();
  }

  /// Shows the pool's metrics over JMX until it is closed, as `dev.forklab:type=ForkPool,name=NAME`
  /// ([ForkPoolMXBean]) in the platform's MBean server.
  ///
  /// @throws IllegalStateException if it is shown already, or another pool of that name is
  public void showInJmx() {
    management.show();
  }

  /// [#close(Duration)] with the options' [ForkPoolOptions#drain].
  @Override
  public void close() {
    close(options.drain);
  }

  /// Stops taking tasks, lets those taken finish until the deadline, then stops the rest: their
  /// futures fail with [TaskFailure.PoolClosed]. Blocks until nothing of the pool is left: no
  /// thread, process, descriptor or file. A second call waits for the first and returns its report.
  /// If the thread is interrupted, the rest is stopped at once, as if the deadline had passed, and
  /// the thread stays interrupted.
  ///
  /// @param drain how long the tasks taken may still run; zero stops them at once
  /// @return what finished and what was lost after this call
  public CloseReport close(Duration drain) {
    management.hide();
    return supervisor.close(drain);
  }
}
