package dev.forklab.bench.calibration;

import dev.forklab.fork.data.Serialization;
import dev.forklab.fork.pool.ForkPool;
import dev.forklab.processes.ForkedProcessPool;
import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A forked worker in which [Metered] times tasks.
public final class JvmLaunch implements Launch {

  private final String workload;
  private final ForkPool<byte[], byte[]> pool;

  private JvmLaunch(String workload, ForkPool<byte[], byte[]> pool) {
    this.workload = workload;
    this.pool = pool;
  }

  /// Starts one.
  ///
  /// @param workload what a [WorkloadSpec] names it
  /// @param jvmArgs as those of the JVMs that will be measured
  public static JvmLaunch start(String workload, List<String> jvmArgs) {
    try {
      return new JvmLaunch(
          workload,
          ForkedProcessPool.workers(new WorkloadSpec(Metered.class.getName(), 1))
              .name("calibrate")
              .workers(1)
              .execArgv(jvmArgs.toArray(String[]::new))
              .serialization(Serialization.ADVANCED)
              .open());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a JVM to calibrate in: " + e.getMessage(), e);
    }
  }

  @Override
  public Batch batch(int messageBytes, int iterations, int tasks) {
    try {
      byte[] request = Metered.request(workload, messageBytes, iterations, tasks);
      return Metered.batch(pool.submit(request).get());
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "expected workload '%s' to answer a message of %d bytes, found %s"
              .formatted(workload, messageBytes, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calibrating", e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
