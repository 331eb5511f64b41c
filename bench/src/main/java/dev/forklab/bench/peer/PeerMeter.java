package dev.forklab.bench.peer;

import dev.forklab.reports.results.Peer;
import dev.forklab.workload.Calibration;
import dev.forklab.workload.Calibrator;
import dev.forklab.workload.WorkloadSpec;
import java.time.Duration;
import java.util.List;

/// Finds the iterations that make a task time on a peer's runtime: the same search as for the JVM,
/// over CPU times that the peer reports of its own process.
public final class PeerMeter {

  private static final long HEAP_BYTES = 512L << 20;

  private PeerMeter() {}

  /// Calibrates a workload on a peer. Blocks for about a second.
  ///
  /// @param message what its tasks are given
  /// @throws PeerFailedException if the peer cannot
  public static Calibration calibrate(Peer peer, String workload, byte[] message, Duration wanted) {
    PeerTask task = new PeerTask(peer, new WorkloadSpec(workload, 1), 1, "json", HEAP_BYTES);
    try (PeerDriver driver = PeerDriver.start(task, List.of(message))) {
      return Calibrator.calibrate(
          workload,
          message.length,
          wanted,
          (iterations, tasks) -> batch(driver, iterations, tasks));
    }
  }

  private static long batch(PeerDriver driver, int iterations, int tasks) {
    try {
      return driver.batchNanos(iterations, tasks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerFailedException("interrupted while calibrating", e);
    }
  }
}
