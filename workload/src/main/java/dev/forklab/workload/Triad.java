package dev.forklab.workload;

import java.util.concurrent.ConcurrentLinkedDeque;

/// A workload bound by memory bandwidth: the triad of STREAM (McCalpin, *Memory Bandwidth and
/// Machine Balance in Current High Performance Computers*, IEEE TCCA Newsletter, 1995).
///
/// ```
/// a[i] = b[i] + q * c[i]         over three arrays of doubles, 32 MiB each
/// ```
///
/// One iteration does one block of 4096 elements, 96 KiB of the three arrays, with a factor `q`
/// that the message and the iterations before it chose; then one element of each cache line just
/// written goes into the next factor. The reply is the message masked ([Fingerprint#masked]) by the
/// last of them: as long as the message, and every byte of it proof of all blocks.
///
/// **Why the reply is pure though the arrays live on.** A task goes on where the last one of its
/// arrays ended, so that no task finds in a cache what another has just read, however short tasks
/// are and however few messages take turns. The contents of `b` and `c` repeat with each block, so
/// every block gives the same numbers; `a` is written before it is read. All numbers are whole and
/// below 2^53: exact in any order of summation.
///
/// **Memory.** [#WORKING_SET_BYTES] of heap for each task that runs at the same time in a process,
/// made by the first tasks that need them and kept: a pool of N threads has N sets in its one heap,
/// N processes have one each. That is more than the last-level cache of most machines, though not
/// the four times per array that STREAM asks for; on a machine with a larger cache few workers
/// measure that cache. STREAM counts 24 bytes of traffic per element; a CPU that reads a line
/// before it writes it moves 32.
///
/// Safe for any number of threads, each of which borrows a set of its own.
public final class Triad implements Workload {

  /// The name that a [WorkloadSpec] uses.
  public static final String NAME = "triad";

  /// Heap bytes of the three arrays that a running task holds.
  public static final long WORKING_SET_BYTES = 3L * Double.BYTES * WorkingSet.ELEMENTS;

  private static final int FACTORS = 1 << 12;

  /// Sets that no task holds, the one used last on top: a pool of few threads on a wide machine
  /// touches few. Any thread takes and returns; the deque's own ordering makes a set's contents and
  /// position visible to the next that takes it.
  private final ConcurrentLinkedDeque<WorkingSet> idle = new ConcurrentLinkedDeque<>();

  /// For [java.util.ServiceLoader].
  public Triad() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long taskHeapBytes() {
    return WORKING_SET_BYTES;
  }

  @Override
  public byte[] apply(byte[] message, int iterations) {
    WorkingSet taken = idle.pollFirst();
    WorkingSet set = taken == null ? new WorkingSet() : taken;
    long state = Fingerprint.of(message);
    for (int i = 0; i < iterations; i++) {
      double factor = 1 + (state >>> 1) % FACTORS;
      state = Fingerprint.mix(state ^ (long) set.nextBlock(factor));
    }
    idle.addFirst(set);
    return Fingerprint.masked(message, state);
  }

  /// Three arrays, and how far the triad has come in them. For one thread at a time.
  private static final class WorkingSet {

    static final int ELEMENTS = 4 << 20;
    private static final int BLOCK = 4096;

    /// One double of each 64 bytes.
    private static final int LINE = 8;

    private final double[] a = new double[ELEMENTS];
    private final double[] b = new double[ELEMENTS];
    private final double[] c = new double[ELEMENTS];
    private int at;

    WorkingSet() {
      for (int i = 0; i < ELEMENTS; i++) {
        int place = i % BLOCK;
        b[i] = place * 7 % 1009;
        c[i] = place * 13 % 997;
      }
    }

    /// One block of the triad; the sum of one element per cache line.
    double nextBlock(double q) {
      int from = at;
      int to = from + BLOCK;
      triad(a, b, c, q, from, to);
      double sum = 0;
      for (int i = from; i < to; i += LINE) {
        sum += a[i];
      }
      at = to % ELEMENTS;
      return sum;
    }

    private static void triad(double[] a, double[] b, double[] c, double q, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = b[i] + q * c[i];
      }
    }
  }
}
