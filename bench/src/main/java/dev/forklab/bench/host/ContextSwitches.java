package dev.forklab.bench.host;

import java.util.Collection;

/// How often the threads of a set of processes have given up a CPU, summed over those that live:
/// running totals, of which the difference of two says what happened between. Linux only, from
/// `/proc/PID/task/TID/status` (proc_pid_status(5)); elsewhere both are -1.
///
/// A read opens a file for each thread, some 20 µs each: not for use while a clock runs. A thread
/// that ends takes its count with it.
///
/// @param voluntary the thread had nothing to do, or waited for another
/// @param involuntary the thread could have gone on
public record ContextSwitches(long voluntary, long involuntary) {

  /// Where there is nothing to read.
  public static final ContextSwitches UNKNOWN = new ContextSwitches(-1, -1);

  /// Reads the processes `pids`.
  public static ContextSwitches of(Collection<Long> pids) {
    return read(KernelFiles.ofThisMachine(), pids);
  }

  static ContextSwitches read(KernelFiles files, Collection<Long> pids) {
    long voluntary = 0;
    long involuntary = 0;
    boolean found = false;
    for (long pid : pids) {
      String tasks = "proc/" + pid + "/task";
      for (String task : files.threads(pid)) {
        for (String line : files.lines(tasks + "/" + task + "/status").reversed()) {
          if (line.startsWith("nonvoluntary_ctxt_switches:")) {
            involuntary += number(line);
          } else if (line.startsWith("voluntary_ctxt_switches:")) {
            voluntary += number(line);
            found = true;
            break;
          }
        }
      }
    }
    return found ? new ContextSwitches(voluntary, involuntary) : UNKNOWN;
  }

  private static long number(String line) {
    return KernelFiles.parse(line.substring(line.indexOf(':') + 1).strip()).orElse(0);
  }
}
