package dev.forklab.bench.peer;

import dev.forklab.bench.calibration.Launch;
import dev.forklab.bench.calibration.Metered;
import dev.forklab.bench.host.Yardstick;
import dev.forklab.bench.runtime.RuntimeFailedException;
import dev.forklab.results.Peer;
import dev.forklab.workload.WorkloadSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A peer's runtime in which tasks are timed, by CPU times that it reports of its own process. Its
/// compilers have no clock, and the yardstick is this JVM's, on whichever CPU it runs.
public final class PeerLaunch implements Launch {

  private static final long HEAP_BYTES = 512L << 20;

  private final PeerTask task;
  private final Yardstick yardstick = new Yardstick(1);

  /// One for each message size: a peer is given its messages when it starts.
  private final Map<Integer, PeerDriver> drivers = new HashMap<>();

  public PeerLaunch(Peer peer, String workload) {
    this.task = new PeerTask(peer, new WorkloadSpec(workload, 1), 1, "json", HEAP_BYTES);
  }

  @Override
  public Batch batch(int messageBytes, int iterations, int tasks) {
    PeerDriver driver =
        drivers.computeIfAbsent(
            messageBytes, bytes -> PeerDriver.start(task, List.of(Metered.message(bytes))));
    try {
      long before = yardstick.nanos(1);
      long start = System.nanoTime();
      long cpuNanos = driver.batchNanos(iterations, tasks);
      long wallNanos = System.nanoTime() - start;
      return new Batch(cpuNanos, wallNanos, Math.max(before, yardstick.nanos(1)), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailedException("interrupted while calibrating", e);
    }
  }

  @Override
  public void close() {
    drivers.values().forEach(PeerDriver::close);
    yardstick.close();
  }
}
