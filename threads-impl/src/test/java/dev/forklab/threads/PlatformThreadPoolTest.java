package dev.forklab.threads;

import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.LocalPoolContract;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;

class PlatformThreadPoolTest extends LocalPoolContract {

  @Override
  protected WorkerPool open(PoolOptions options, WorkloadSpec spec) {
    return PlatformThreadPool.open(options, spec.function());
  }
}
