package dev.forklab.bench.host;

/// CPU time of this process and of all descendants that have ended and been waited for: what a
/// trial has cost in all, once its processes are gone.
///
/// Linux only, from `/proc/self/stat` (proc(5): `utime`, `stime`, `cutime`, `cstime`), in steps of
/// 10 ms.
public final class OwnCpu {

  private static final long NANOS_PER_TICK = 10_000_000;

  /// Index of `utime` among the fields behind the command's closing parenthesis.
  private static final int FIRST_FIELD = 11;

  private static final int FIELDS = 4;

  private OwnCpu() {}

  /// Nanoseconds so far, or -1 where the system does not say.
  public static long nanos() {
    return KernelFiles.ofThisMachine().text("proc/self/stat").map(OwnCpu::nanos).orElse(-1L);
  }

  static long nanos(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int i = FIRST_FIELD; i < FIRST_FIELD + FIELDS; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks * NANOS_PER_TICK;
  }
}
