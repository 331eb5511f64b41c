package dev.forklab.bench.host;

/// CPU time from `/proc/PID/stat`, in ticks of 10 ms.
///
/// @param files where `/proc` is
record TickClock(KernelFiles files) {

  private static final long NANOS_PER_TICK = 10_000_000;

  /// Fields 14 and 15 of proc_pid_stat(5), counted from the third, which follows the name.
  private static final int UTIME = 11;

  private static final int STIME = 12;

  /// CPU time of `pid`, or -1. The name may hold spaces and parentheses, so fields are counted from
  /// its last one.
  long nanos(long pid) {
    String stat = files.text("proc/" + pid + "/stat").orElse("");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= STIME) {
      return -1;
    }
    long user = KernelFiles.parse(fields[UTIME]).orElse(-1);
    long system = KernelFiles.parse(fields[STIME]).orElse(-1);
    return user < 0 || system < 0 ? -1 : (user + system) * NANOS_PER_TICK;
  }
}
