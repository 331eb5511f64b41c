package dev.forklab.bench.jmh;

import dev.forklab.bench.host.ContextSwitches;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.reports.results.Slice.Effort;
import java.util.List;
import java.util.function.Supplier;

/// Counts what slices cost beside CPU time: context switches, collections and allocation of the
/// whole process tree. Read outside the slice's clock.
///
/// Heaps are asked in every slice, which takes some tens of microseconds a JVM. Context switches
/// are read in every fourth round only, since that opens a file for each thread of each process.
final class EffortMeter {

  private static final int SWITCHES_EVERY = 4;

  private final Supplier<List<Long>> pids;
  private final Supplier<HeapWork> workers;
  private ContextSwitches switches = ContextSwitches.UNKNOWN;
  private HeapWork work = new HeapWork(0, 0, 0);

  /// @param pids the processes now
  /// @param workers what the heaps of all children have cost so far
  EffortMeter(Supplier<List<Long>> pids, Supplier<HeapWork> workers) {
    this.pids = pids;
    this.workers = workers;
  }

  /// A slice of this round is about to begin.
  void starts(int round) {
    switches =
        round % SWITCHES_EVERY == 0 ? ContextSwitches.of(pids.get()) : ContextSwitches.UNKNOWN;
    // Last, since reading the files allocates.
    work = sum(HeapWork.ofThisJvm(), workers.get());
  }

  /// What it cost, now that it has ended.
  Effort stops() {
    HeapWork now = sum(HeapWork.ofThisJvm(), workers.get());
    ContextSwitches then =
        switches.waits() < 0 ? ContextSwitches.UNKNOWN : ContextSwitches.of(pids.get());
    return new Effort(
        grown(switches.waits(), then.waits()),
        grown(switches.preemptions(), then.preemptions()),
        grown(work.collections(), now.collections()),
        grown(work.collectionMillis(), now.collectionMillis()),
        grown(work.allocatedBytes(), now.allocatedBytes()));
  }

  /// Less than before means that a thread or a child has gone: not known.
  private static long grown(long from, long to) {
    return from < 0 || to < from ? -1 : to - from;
  }

  static HeapWork sum(HeapWork one, HeapWork other) {
    return new HeapWork(
        one.collections() + other.collections(),
        one.collectionMillis() + other.collectionMillis(),
        one.allocatedBytes() < 0 || other.allocatedBytes() < 0
            ? -1
            : one.allocatedBytes() + other.allocatedBytes());
  }
}
