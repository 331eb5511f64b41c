package dev.forklab.virtualthreads;

import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.LocalPoolContract;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;

class VirtualThreadPoolTest extends LocalPoolContract {

  @Override
  protected WorkerPool open(PoolOptions options, WorkloadSpec spec) {
    return VirtualThreadPool.open(options, spec.function());
  }
}
