package dev.forklab.fork.pool;

import dev.forklab.fork.codec.TaskCodec;
import dev.forklab.workload.pool.CloseReport;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
/// **Failure.** A child that dies is replaced, within [RestartPolicy]; beyond it, or if no child
/// can start, the pool fails: every future then fails with
/// [dev.forklab.workload.pool.TaskFailure.PoolClosed], which says why.
public final class ForkPool implements WorkerPool {

  private final ForkPoolOptions options;
  private final TaskCodec codec;
  private final Dispatcher dispatcher;
  private final Supervisor supervisor;

  /// Starts the children, and returns before they are ready.
  ///
  /// @throws IOException if the first child cannot even be started: no such `java`, no room for its
  ///   socket
  public ForkPool(ForkPoolOptions options) throws IOException {
    this.options = options;
    this.codec = TaskCodec.of(options.serialization());
    this.dispatcher = new Dispatcher(options);
    this.supervisor = new Supervisor(options, dispatcher);
    supervisor.begin();
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
    return submit(message, _ -> {});
  }

  /// [#submit(byte[])], and hears what the task reports with [TaskProgress] while it runs.
  ///
  /// @param onProgress called on the worker's channel thread, in order, before the future completes
  /// @throws IllegalArgumentException if the message is longer than a frame may be
  public CompletableFuture<byte[]> submit(byte[] message, Consumer<byte[]> onProgress)
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
    return dispatcher.submit(codec.encode(message), onProgress);
  }

  /// The process ids of the children that are there now.
  public List<Long> pids() {
    return dispatcher.liveWorkers().stream().map(Worker::pid).toList();
  }

  /// Each child now. Asks them over their lifelines; blocks for at most a second per child that
  /// does not answer.
  public List<WorkerStats> stats() {
    Duration patience = Duration.ofSeconds(1);
    return dispatcher.liveWorkers().stream()
        .map(w -> new WorkerStats(w.pid(), w.process.heap(patience), dispatcher.doneCount(w)))
        .toList();
  }

  /// The pool's counts now.
  public PoolMetrics metrics() {
    return dispatcher.metrics();
  }

  @Override
  public CloseReport close(Duration drain) {
    return supervisor.close(drain);
  }
}
