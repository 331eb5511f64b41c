package dev.forklab.processes;

import dev.forklab.fork.data.Serialization;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import dev.forklab.workload.pool.WorkerPoolContract;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A pool of child JVMs keeps every promise of the contract.
class ForkedProcessPoolTest extends WorkerPoolContract {

  @Override
  protected WorkerPool open(PoolOptions options, WorkloadSpec spec) {
    try {
      return ForkedProcessPool.open(
          options, ForkedProcessPool.workers(spec).serialization(Serialization.ADVANCED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
