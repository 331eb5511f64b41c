package dev.forklab.bench.jmh;

import dev.forklab.bench.host.MemoryMap;
import dev.forklab.bench.host.ProcessMemory;
import dev.forklab.bench.jmh.OpenModel.HeapBytes;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.MemorySample.Shares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Reads the memory of a model's process tree on a schedule, on a thread of its own, from its
/// opening until it is closed; nothing is timed meanwhile.
final class MemoryWatch implements AutoCloseable {

  /// Between two readings. Each takes some milliseconds for each process.
  static final Duration PERIOD = Duration.ofMillis(100);

  private static final long PATIENCE_SECONDS = 30;

  private final OpenModel pool;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("memory-watch").daemon().factory());

  /// Written by the clock's thread, read once it has ended.
  private final List<MemorySample> samples = new ArrayList<>();

  private final Future<?> readings;

  private MemoryWatch(OpenModel pool) {
    this.pool = pool;
    long period = PERIOD.toNanos();
    readings = clock.scheduleAtFixedRate(this::read, period, period, TimeUnit.NANOSECONDS);
  }

  /// Begins to watch a model that is about to be loaded.
  static MemoryWatch of(OpenModel pool) {
    return new MemoryWatch(pool);
  }

  private void read() {
    samples.add(sample(pool, Phase.LOADED, System.nanoTime() - startNanos));
  }

  /// Ends, and gives what was read, in order.
  List<MemorySample> stop() throws InterruptedException {
    close();
    if (!clock.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "expected a reading of memory within " + PATIENCE_SECONDS + " s, found none");
    }
    if (readings.state() == Future.State.FAILED) {
      throw new IllegalStateException("cannot read memory", readings.exceptionNow());
    }
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    clock.shutdown();
  }

  /// The tree's memory now.
  static MemorySample sample(OpenModel pool, Phase phase, long sinceNanos) {
    HeapBytes heap = heap(pool);
    List<Long> pids = pids(pool);
    ProcessMemory total = ProcessMemory.of(pids);
    return new MemorySample(
        phase,
        pids.size(),
        total.pssBytes(),
        total.ussBytes(),
        total.rssBytes(),
        heap.used(),
        heap.committed(),
        sinceNanos,
        null);
  }

  /// Of another runtime, whose heaps cannot be seen from here, -1.
  private static HeapBytes heap(OpenModel pool) {
    if (pool instanceof OpenPeer) {
      return new HeapBytes(-1, -1);
    }
    HeapBytes own = ThisJvm.heap();
    HeapBytes workers = pool.workerHeap();
    return new HeapBytes(own.used() + workers.used(), own.committed() + workers.committed());
  }

  /// As [#sample], with what the memory is made of.
  ///
  /// @param heapBytes what the heap of each of the JVMs may grow to
  static MemorySample withShares(OpenModel pool, Phase phase, long sinceNanos, long heapBytes) {
    MemorySample plain = sample(pool, phase, sinceNanos);
    if (pool instanceof OpenPeer) {
      return plain; // No JVM: its maps have no Java heap and no archive.
    }
    return new MemorySample(
        plain.phase(),
        plain.processes(),
        plain.pssBytes(),
        plain.ussBytes(),
        plain.rssBytes(),
        plain.heapUsedBytes(),
        plain.heapCommittedBytes(),
        sinceNanos,
        MemoryMap.of(pids(pool), heapBytes)
            .map(
                map -> new Shares(map.heapPssBytes(), map.archivePssBytes(), map.archiveRssBytes()))
            .orElse(null));
  }

  private static List<Long> pids(OpenModel pool) {
    List<Long> pids = new ArrayList<>(pool.workerPids());
    if (!(pool instanceof OpenPeer)) {
      pids.add(ProcessHandle.current().pid()); // For a peer, this JVM does nothing.
    }
    return pids;
  }
}
