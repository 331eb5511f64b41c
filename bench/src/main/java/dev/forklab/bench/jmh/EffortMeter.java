package dev.forklab.bench.jmh;

import dev.forklab.bench.host.ContextSwitches;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.results.Slice.Effort;
import java.util.List;
import java.util.function.Supplier;

/// Counts what slices cost beside CPU time: context switches, collections and allocation of the
/// whole process tree. Read outside the slice's clock.
///
/// In every fourth round context switches are counted, in the others what heaps did; never both,
/// since to ask the children makes their threads switch, and to read the switches (a file for each
/// thread of each process) allocates.
final class EffortMeter {

  private static final int SWITCHES_EVERY = 4;
  private static final HeapWork NOT_ASKED = new HeapWork(-1, -1, -1);

  private final Supplier<List<Long>> pids;
  private final Supplier<HeapWork> workers;
  private boolean countsSwitches;
  private ContextSwitches switches = ContextSwitches.UNKNOWN;
  private HeapWork work = NOT_ASKED;

  /// @param pids the processes now
  /// @param workers what the heaps of all children have cost so far
  EffortMeter(Supplier<List<Long>> pids, Supplier<HeapWork> workers) {
    this.pids = pids;
    this.workers = workers;
  }

  /// A slice of this round is about to begin.
  void starts(int round) {
    countsSwitches = round % SWITCHES_EVERY == 0;
    switches = switchesNow();
    work = workNow();
  }

  /// What it cost, now that it has ended.
  Effort stops() {
    ContextSwitches then = switchesNow();
    HeapWork now = workNow();
    return new Effort(
        grown(switches.voluntary(), then.voluntary()),
        grown(switches.involuntary(), then.involuntary()),
        grown(work.collections(), now.collections()),
        grown(work.collectionMillis(), now.collectionMillis()),
        grown(work.allocatedBytes(), now.allocatedBytes()));
  }

  private ContextSwitches switchesNow() {
    return countsSwitches ? ContextSwitches.of(pids.get()) : ContextSwitches.UNKNOWN;
  }

  private HeapWork workNow() {
    return countsSwitches ? NOT_ASKED : sum(HeapWork.ofThisJvm(), workers.get());
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
