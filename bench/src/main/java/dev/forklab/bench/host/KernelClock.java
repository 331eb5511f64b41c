package dev.forklab.bench.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// CPU time of a process by `clock_gettime(2)` with that process's CPU clock, in nanoseconds.
///
/// Linux packs the process and the kind of clock into a clock's number, as clock_getcpuclockid(3)
/// does: `~pid << 3 | 2`, where 2 is CPUCLOCK_SCHED, the scheduler's exact account over all threads
/// of the process, including those that have ended. Any process of the same pid namespace may be
/// asked, whoever owns it. The answer is a `struct timespec`:
///
/// ```
///  0               8               16
///  +---------------+---------------+
///  | seconds, i64  | nanoseconds   |
///  +---------------+---------------+
/// ```
final class KernelClock implements CpuClock.Source {

  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int SCHED = 2;
  private static final int KIND_BITS = 3;
  private static final long SECONDS = 0;
  private static final long NANOS = Long.BYTES;
  private static final long TIMESPEC_BYTES = 2 * Long.BYTES;

  private final MethodHandle clockGettime;

  /// Filled by the kernel in each call and read at once; one reader.
  private final MemorySegment timespec;

  private KernelClock(MethodHandle clockGettime, MemorySegment timespec) {
    this.clockGettime = clockGettime;
    this.timespec = timespec;
  }

  /// This clock, or a source that knows nothing where there is none: another system, a C library
  /// without the function, a 32-bit `time_t`, or native access denied.
  static CpuClock.Source orAbsent() {
    return link().map(CpuClock.Source.class::cast).orElse(_ -> -1);
  }

  // Restricted, because a wrong signature would crash the JVM: this one is that of
  // clock_gettime(2).
  @SuppressWarnings("restricted")
  private static Optional<KernelClock> link() {
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    if (!linux || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor signature =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
      return linker
          .defaultLookup()
          .find("clock_gettime")
          .map(address -> linker.downcallHandle(address, signature))
          .map(handle -> new KernelClock(handle, Arena.ofAuto().allocate(TIMESPEC_BYTES, 8)));
    } catch (IllegalCallerException | UnsupportedOperationException denied) {
      return Optional.empty();
    }
  }

  @Override
  public long nanos(long pid) {
    int clock = ~Math.toIntExact(pid) << KIND_BITS | SCHED;
    try {
      int result = (int) clockGettime.invokeExact(clock, timespec);
      return result == 0
          ? timespec.get(ValueLayout.JAVA_LONG, SECONDS) * NANOS_PER_SECOND
              + timespec.get(ValueLayout.JAVA_LONG, NANOS)
          : -1;
    } catch (Throwable impossible) {
      throw new AssertionError("clock_gettime threw, which a C function cannot", impossible);
    }
  }
}
