package dev.forklab.processes;

import dev.forklab.fork.pool.Task;
import dev.forklab.fork.pool.TaskContext;
import dev.forklab.fork.pool.WorkerContext;
import dev.forklab.workload.TaskFunction;
import dev.forklab.workload.WorkloadSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What each forked process does: the function of the [WorkloadSpec] that its arguments name.
public final class WorkloadTask implements Task<byte[], byte[]> {

  // Set by start, before any request.
  private @Nullable TaskFunction function;

  /// The arguments that name this workload.
  static String[] args(WorkloadSpec workload) {
    return new String[] {workload.name(), Integer.toString(workload.iterations())};
  }

  @Override
  public void start(WorkerContext worker) {
    List<String> args = worker.args();
    function = new WorkloadSpec(args.get(0), Integer.parseInt(args.get(1))).function();
  }

  @Override
  public byte[] run(byte[] message, TaskContext context) throws Exception {
    TaskFunction started =
        Objects.requireNonNull(function, "expected to be started before it runs");
    return Objects.requireNonNull(
        started.apply(message), "expected a reply from the workload, found null");
  }
}
