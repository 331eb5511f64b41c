package dev.forklab.workload.pool;

import static dev.forklab.workload.pool.Awaiting.exists;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// What the parts of the contract suite need from the test class that runs them.
interface PoolUnderTest {

  /// Opens a pool that runs [ScriptedWorkload]; it is closed after the test.
  WorkerPool open(PoolOptions options);

  /// A path in the test's own directory, where nothing is yet.
  Path path(String name);

  /// The file that held and spinning tasks wait for.
  default Path gate() {
    return path("gate");
  }

  /// Lets all held and spinning tasks go on.
  void openGate();

  /// Options of a pool that blocks.
  default PoolOptions options(int workers) {
    return PoolOptions.ofWorkers("contract", workers);
  }

  /// Submits a task that occupies a worker until the gate opens, and waits until it runs.
  default CompletableFuture<byte[]> submitHeld(WorkerPool pool, String name)
      throws InterruptedException {
    CompletableFuture<byte[]> held = pool.submit(Script.hold(path(name), gate()));
    exists(path(name));
    return held;
  }
}
