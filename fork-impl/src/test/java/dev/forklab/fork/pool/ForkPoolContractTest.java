package dev.forklab.fork.pool;

import dev.forklab.fork.codec.Serialization;
import dev.forklab.workload.WorkloadSpec;
import dev.forklab.workload.pool.PoolOptions;
import dev.forklab.workload.pool.WorkerPool;
import dev.forklab.workload.pool.WorkerPoolContract;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A pool of child JVMs keeps every promise of the contract.
class ForkPoolContractTest extends WorkerPoolContract {

  @Override
  protected WorkerPool open(PoolOptions options, WorkloadSpec spec) {
    try {
      return new ForkPool(
          ForkPoolOptions.of(options, spec).withSerialization(Serialization.ADVANCED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
