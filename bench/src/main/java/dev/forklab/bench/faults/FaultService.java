package dev.forklab.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forklab.bench.faults.ServiceFrame.Kind;
import dev.forklab.bench.models.ModelPools;
import dev.forklab.fork.pool.ForkPoolOptions;
import dev.forklab.fork.pool.PoolMetrics;
import dev.forklab.fork.pool.WhenFull;
import dev.forklab.processes.ForkedProcessPool;
import dev.forklab.results.Way;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The program of a disposable service: takes tasks from its one connection, runs them on a model's
/// pool, and answers as they end. It ends with its connection, and with the lab.
///
/// Run as in production, its queue is bounded and refuses what does not fit, tasks have a time
/// limit, a full heap and an exception that nobody caught end the process. Run naively, none of
/// these.
public final class FaultService {

  /// How long a task may run, in production.
  static final Duration TASK_LIMIT = Duration.ofSeconds(1);

  /// Its exit code after an exception that nobody caught.
  static final int UNCAUGHT = 70;

  /// Its exit code after the lab has gone.
  static final int ORPHANED = 71;

  private static final int NAIVE_QUEUE = PoolOptions.MAX_QUEUE_CAPACITY;
  private static final int QUEUED_PER_WORKER = 32;
  private static final int LONGEST_REPLY = 16 << 20;
  private static final Duration START_PATIENCE = Duration.ofSeconds(30);

  private final SocketChannel socket;
  private final WorkerPool pool;

  /// Written and read by the reading thread alone.
  private long taken;

  /// Guarded by this, as is writing to the socket: it counts what was written.
  private long answered;

  private FaultService(SocketChannel socket, WorkerPool pool) {
    this.socket = socket;
    this.pool = pool;
  }

  /// Serves until its connection ends.
  ///
  /// @param arguments the file of its [ServiceSpec]
  public static void main(String[] arguments) throws Exception {
    ServiceSpec spec = ServiceSpec.read(Path.of(arguments[0]));
    Thread.ofPlatform().name("ends-with-lab").daemon().start(FaultService::endWithTheLab);
    if (spec.way() == Way.PRODUCTION) {
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, thrown) -> Runtime.getRuntime().halt(UNCAUGHT));
    }
    try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(spec.socket()))) {
      WorkerPool pool = open(spec);
      try {
        new FaultService(socket, pool).serve();
      } finally {
        pool.close(Duration.ZERO);
      }
    }
  }

  private static WorkerPool open(ServiceSpec spec) throws InterruptedException {
    boolean naive = spec.way() == Way.NAIVE;
    PoolOptions options =
        PoolOptions.ofWorkers(spec.model().id(), spec.workers())
            .withQueueCapacity(naive ? NAIVE_QUEUE : spec.workers() * QUEUED_PER_WORKER);
    WorkloadSpec workload = new WorkloadSpec(FaultyWorkload.class.getName(), spec.iterations());
    WorkerPool pool =
        ModelPools.open(
            spec.model(),
            naive ? options : options.withWhenFull(WhenFull.REJECT).withTaskTimeout(TASK_LIMIT),
            workload.function(),
            () -> workers(spec, workload, naive));
    if (pool instanceof ForkedProcessPool forked && !forked.children().awaitReady(START_PATIENCE)) {
      throw new IllegalStateException("expected all workers to be ready, found that they are not");
    }
    return pool;
  }

  private static ForkPoolOptions<byte[], byte[]> workers(
      ServiceSpec spec, WorkloadSpec workload, boolean naive) {
    ForkPoolOptions<byte[], byte[]> workers =
        ModelPools.workers(workload, spec.model(), spec.jvmArgs());
    return naive ? workers : workers.maxMessageBytes(LONGEST_REPLY);
  }

  private void serve() throws IOException, InterruptedException {
    write(new ServiceFrame(Kind.READY, 0, stats().encoded()));
    try {
      while (true) {
        ServiceFrame frame = ServiceFrame.read(socket);
        switch (frame.kind()) {
          case TASK -> take(frame.task(), frame.body());
          case ASK -> tell();
          case READY, REPLY, FAILED, STATS ->
              throw new IOException("expected a task or a question, found " + frame.kind());
        }
      }
    } catch (EOFException e) {
      // The lab is done with it.
    }
  }

  private void take(int task, byte[] message) throws InterruptedException {
    taken++;
    var _ =
        pool.submit(message)
            .whenComplete((reply, thrown) ->
                answer(
                    thrown == null
                        ? new ServiceFrame(Kind.REPLY, task, reply)
                        : new ServiceFrame(Kind.FAILED, task, words(thrown))));
  }

  private static byte[] words(Throwable thrown) {
    return String.valueOf(thrown).getBytes(UTF_8);
  }

  private synchronized void answer(ServiceFrame frame) {
    try {
      frame.write(socket);
      answered++;
    } catch (IOException e) {
      // The lab has closed the connection, and the reader has seen it.
    }
  }

  private synchronized void tell() throws IOException {
    new ServiceFrame(Kind.STATS, 0, stats().encoded()).write(socket);
  }

  private synchronized void write(ServiceFrame frame) throws IOException {
    frame.write(socket);
  }

  private synchronized ServiceStats stats() {
    List<Long> workers = List.of();
    long deaths = 0;
    if (pool instanceof ForkedProcessPool forked) {
      workers = forked.children().pids();
      PoolMetrics metrics = forked.children().metrics();
      deaths = metrics.deaths() + metrics.evicted();
    }
    return new ServiceStats(
        ProcessHandle.current().pid(), workers, taken, answered, deaths, opens());
  }

  private static boolean opens() {
    try (InputStream _ = new FileInputStream("/dev/null")) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Its standard input is the lab's, and ends with it.
  private static void endWithTheLab() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    } catch (IOException e) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
