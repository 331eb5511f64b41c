package dev.forklab.bench.run;

import dev.forklab.bench.runtime.ProcessState;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The processes below this one: the trial's JVM, and the child JVMs of its fork pool.
final class TrialProcesses {

  private static final long LOOK_AGAIN_MILLIS = 50;

  private TrialProcesses() {}

  /// Kills them, and those that are started meanwhile, until `ended` is open and all are gone.
  ///
  /// A child whose parent was killed is no longer below this process, so every process seen is
  /// remembered until it has gone.
  ///
  /// @return whether that was reached in time
  static boolean end(CountDownLatch ended, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Set<ProcessHandle> seen = new LinkedHashSet<>();
    try {
      boolean over = false;
      while (!over && System.nanoTime() < deadline) {
        ProcessHandle.current().descendants().forEach(seen::add);
        seen.forEach(ProcessHandle::destroyForcibly);
        over =
            ended.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                && seen.stream().noneMatch(ProcessState::isRunning);
      }
      return over;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
