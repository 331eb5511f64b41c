package dev.forklab.bench.jmh;

import dev.forklab.bench.host.MemoryMap;
import dev.forklab.bench.host.ProcessMemory;
import dev.forklab.bench.jmh.Contestant.HeapBytes;
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

  private final Contestant contestant;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("memory-watch").daemon().factory());

  /// Written by the clock's thread, read once it has ended.
  private final List<MemorySample> samples = new ArrayList<>();

  private final Future<?> readings;

  private MemoryWatch(Contestant contestant) {
    this.contestant = contestant;
    long period = PERIOD.toNanos();
    readings = clock.scheduleAtFixedRate(this::read, period, period, TimeUnit.NANOSECONDS);
  }

  /// Begins to watch a model that is about to be loaded.
  static MemoryWatch of(Contestant contestant) {
    return new MemoryWatch(contestant);
  }

  private void read() {
    samples.add(sample(contestant, Phase.LOADED, System.nanoTime() - startNanos));
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
  static MemorySample sample(Contestant contestant, Phase phase, long sinceNanos) {
    HeapBytes heap = heap(contestant);
    List<Long> pids = pids(contestant);
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
  private static HeapBytes heap(Contestant contestant) {
    if (contestant instanceof PeerContestant) {
      return new HeapBytes(-1, -1);
    }
    HeapBytes own = ThisJvm.heap();
    HeapBytes workers = contestant.workerHeap();
    return new HeapBytes(own.used() + workers.used(), own.committed() + workers.committed());
  }

  /// As [#sample], with what the memory is made of.
  ///
  /// @param heapBytes what the heap of each of the JVMs may grow to
  static MemorySample withShares(
      Contestant contestant, Phase phase, long sinceNanos, long heapBytes) {
    MemorySample plain = sample(contestant, phase, sinceNanos);
    if (contestant instanceof PeerContestant) {
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
        MemoryMap.of(pids(contestant), heapBytes)
            .map(
                map -> new Shares(map.heapPssBytes(), map.archivePssBytes(), map.archiveRssBytes()))
            .orElse(null));
  }

  private static List<Long> pids(Contestant contestant) {
    List<Long> pids = new ArrayList<>(contestant.workerPids());
    if (!(contestant instanceof PeerContestant)) {
      pids.add(ProcessHandle.current().pid()); // For a peer, this JVM does nothing.
    }
    return pids;
  }
}
