package dev.forklab.fork.pool;

import dev.forklab.fork.ForkedProcess;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.fork.channel.JvmReport;
import dev.forklab.fork.codec.TaskCodec;
import dev.forklab.workload.pool.CloseReport;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A pool whose workers are child JVMs, each with its own channel.
///
/// **Threads.** A submitter encodes its message and writes it to the child itself. Each child has
/// two threads here ([dev.forklab.fork.ForkedProcess]): its channel thread reads replies, hands the
/// child its next task and completes futures, in the child's order. `fork-supervisor NAME` starts
/// and replaces children and keeps deadlines.
///
/// **At most once.** A child replies to a task before it starts the next, and the kernel delivers
/// what it wrote before it died. So when a child is dead and its channel has been read to the end,
/// at most the first task without a reply can have started: it fails with
/// [dev.forklab.workload.pool.TaskFailure.WorkerDied]. Those behind it, and a first one whose bytes
/// had not all left this process, have provably not started: they go to another child.
///
/// A task that three children in a row died of before they had all its bytes is given to no other.
/// A message that is too long for a child's memory fails by itself, with an [OutOfMemoryError].
///
/// **Processes.** Each child leads a session of its own and takes no notice of SIGINT and SIGTERM:
/// a Ctrl-C, or the stop of a service manager, is the parent's to act on, which closes the pool and
/// so lets what runs finish. A child ends with its parent, however that ends. What tasks have
/// started ends with their worker, on Linux, unless it leads a session or process group of its own,
/// or the parent is killed: then it is theirs to end. In place of a working directory that was
/// removed, new children have what took its name, or else the root.
///
/// **Failure.** A child that dies or does not start is replaced. One that dies of its task costs
/// that task, and nothing else. What happens when children die by themselves too often is the
/// owner's choice ([RestartPolicy]): the pool keeps trying and says so, or fails; every future then
/// fails with [dev.forklab.workload.pool.TaskFailure.PoolClosed], which says why. A pool of which
/// no child was ever ready fails.
public final class ForkPool implements WorkerPool {

  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);

  private final ForkPoolOptions options;
  private final TaskCodec codec;
  private final Dispatcher dispatcher;
  private final Supervisor supervisor;
  private final PoolManagement management;

  /// Starts the children, and returns before they are ready.
  ///
  /// @throws IOException if the first child cannot even be started: no such `java`, no room for its
  ///   socket
  public ForkPool(ForkPoolOptions options) throws IOException {
    this(options, TaskCodec.of(options.serialization())::decode, Worker::start);
  }

  /// For tests of replies and starts that fail.
  ForkPool(ForkPoolOptions options, Dispatcher.Decoder decoder, Supervisor.Starter starter)
      throws IOException {
    this.options = options;
    this.codec = TaskCodec.of(options.serialization());
    this.dispatcher = new Dispatcher(options, decoder);
    this.supervisor = new Supervisor(options, dispatcher, starter);
    this.management = new PoolManagement(options.pool().name(), this::metrics);
    supervisor.begin();
  }

  /// Makes the [dev.forklab.fork.StartArchive] of this pool's children, unless it is there; the
  /// children of every later pool with the same workload, codec, JDK, flags and class path then
  /// start faster, and are sooner at full speed: the archive also holds what the JVM has seen of
  /// the hot code (JEP 515), so it is compiled sooner. Blocks for 3 to 12 s, and a start: one child
  /// does one task 12,000 times.
  ///
  /// @param message of that task: one like those to come
  /// @return whether there is one now; false for a class path with directories in it
  /// @throws IOException if the archive's directory cannot be written, or the child does not end
  public static boolean prepare(ForkPoolOptions options, byte[] message)
      throws IOException, InterruptedException {
    return Worker.prepare(options, TaskCodec.of(options.serialization()).encode(message));
  }

  @Override
  public PoolOptions options() {
    return options.pool();
  }

  /// All options of this pool.
  public ForkPoolOptions forkOptions() {
    return options;
  }

  /// {@inheritDoc}
  ///
  /// @throws IllegalArgumentException if the message is longer than a frame may be
  @Override
  public CompletableFuture<byte[]> submit(byte[] message) throws InterruptedException {
    return submit(message, TaskOptions.DEFAULT);
  }

  /// [#submit(byte[])] with a limit or a listener of its own.
  ///
  /// @throws IllegalArgumentException if the message is longer than a frame may be
  public CompletableFuture<byte[]> submit(byte[] message, TaskOptions task)
      throws InterruptedException {
    long bytes = codec.encodedBytes(message.length);
    if (bytes > options.bounds().maxFrameBytes()) {
      throw new IllegalArgumentException(
          "expected a message of at most "
              + options.bounds().maxFrameBytes()
              + " encoded bytes, found "
              + bytes
              + "; raise the channel's frame bound");
    }
    return dispatcher.submit(codec.encode(message), task);
  }

  /// The process ids of the children that are there now.
  public List<Long> pids() {
    return dispatcher.liveWorkers().stream().map(Worker::pid).toList();
  }

  /// Blocks until all children take tasks, at most for `patience`: before measuring, or before a
  /// service says that it is up. Tasks may be submitted without.
  ///
  /// @return false if they do not in time, or the pool has failed or was closed
  public boolean awaitReady(Duration patience) throws InterruptedException {
    return dispatcher.awaitReady(TimeUnit.NANOSECONDS.convert(patience));
  }

  /// How many children take tasks now.
  int readyCount() {
    return dispatcher.readyCount();
  }

  /// Each child now. Asks them over their lifelines; blocks for at most a second per child that
  /// does not answer.
  public List<WorkerStats> stats() {
    return dispatcher.liveWorkers().stream()
        .map(
            w -> new WorkerStats(w.pid(), w.process.heap(ANSWER_PATIENCE), dispatcher.doneCount(w)))
        .toList();
  }

  /// What the heap of each child that answers has cost so far. Blocks as [#stats] does.
  public List<HeapWork> heapWork() {
    return answers(process -> process.heapWork(ANSWER_PATIENCE));
  }

  /// What the JVM of each child that answers says of itself. Blocks as [#stats] does.
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

  @Override
  public CloseReport close(Duration drain) {
    management.hide();
    return supervisor.close(drain);
  }
}
