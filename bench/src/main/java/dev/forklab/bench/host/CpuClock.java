package dev.forklab.bench.host;

import java.util.Collection;
import java.util.List;

/// The CPU time that a set of processes has used, all their threads together, user and system.
///
/// Three sources, the first that works here:
///
/// | source | where | resolution | cost per process (measured) |
/// |---|---|---|---|
/// | `clock_gettime` with the process's CPU clock | Linux, native access enabled | 1 ns | about 1 µs |
/// | `/proc/PID/stat` | Linux | 10 ms | about 20 µs |
/// | [ProcessHandle.Info#totalCpuDuration()] | elsewhere | of the system | tens of µs |
///
/// The total never runs backwards: a process that has gone keeps what it was last seen to have
/// used. What it used after that is lost, so read while the processes live. The time of children
/// that a process has waited for is not in it: name each process.
///
/// Reading does not block. Not safe for use by two threads at once.
public final class CpuClock {

  /// One way to ask for a process's CPU time; -1 if the process has gone or cannot be asked.
  @FunctionalInterface
  interface Source {
    long nanos(long pid);
  }

  private final Source source;
  private final long[] pids;

  /// The last time seen of each process, in nanoseconds; written and read by the one reader.
  private final long[] last;

  CpuClock(Source source, Collection<Long> pids) {
    this.source = source;
    this.pids = pids.stream().mapToLong(Long::longValue).toArray();
    this.last = new long[this.pids.length];
    nanos();
  }

  /// A clock over `pids` as they are now; processes started later are not in it. The first clock of
  /// a JVM costs tens of milliseconds, for linking to the C library: make it in a set-up.
  public static CpuClock of(Collection<Long> pids) {
    return new CpuClock(bestSource(), pids);
  }

  /// A clock over a tree as it is now.
  public static CpuClock of(ProcessTree tree) {
    return of(tree.pids());
  }

  /// CPU time used so far in nanoseconds, summed.
  public long nanos() {
    long sum = 0;
    for (int i = 0; i < pids.length; i++) {
      last[i] = Math.max(last[i], source.nanos(pids[i]));
      sum += last[i];
    }
    return sum;
  }

  /// The first source that can read this very process.
  private static Source bestSource() {
    long self = ProcessHandle.current().pid();
    TickClock ticks = new TickClock(KernelFiles.ofThisMachine());
    for (Source source : List.of(KernelClock.orAbsent(), (Source) ticks::nanos)) {
      if (source.nanos(self) > 0) {
        return source;
      }
    }
    return CpuClock::handleNanos;
  }

  static long handleNanos(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(java.time.Duration::toNanos)
        .orElse(-1L);
  }
}
