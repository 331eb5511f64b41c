package dev.forklab.bench.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// The CPU time that the compilers of a set of JVMs have used: a running total, of which the
/// difference of two says what happened between. Linux only, from `/proc/PID/task/TID/schedstat` of
/// HotSpot's compiler threads, which are known by their names; elsewhere -1.
///
/// Why not the JVM's own clock ([java.lang.management.CompilationMXBean]): it counts time on the
/// wall, which on a busy machine is a multiple, and counts a compilation when it ends.
///
/// A JVM starts and ends compiler threads as it needs them; one that has ended keeps what it was
/// last seen to have used. A read opens a file for each thread, and a second one for each thread
/// that is new: not for use while a clock runs. For one thread.
public final class CompilerClock {

  private static final List<String> COMPILERS = List.of("C1 CompilerThre", "C2 CompilerThre");

  private final KernelFiles files;

  /// What each compiler thread was last seen to have used; -1 for a thread of another kind. By
  /// process and thread, since a number may be given again.
  private final Map<String, Long> seen = new HashMap<>();

  private final Set<Long> seenPids = new HashSet<>();

  private long nanos;

  CompilerClock(KernelFiles files) {
    this.files = files;
  }

  public static CompilerClock ofThisMachine() {
    return new CompilerClock(KernelFiles.ofThisMachine());
  }

  /// CPU time used so far by the compilers of these processes, since this clock first saw each
  /// process; -1 where it cannot be read.
  public long nanos(Collection<Long> pids) {
    boolean readable = false;
    for (long pid : pids) {
      String tasks = "proc/" + pid + "/task";
      for (String task : files.threads(pid)) {
        readable = true;
        add(tasks + "/" + task, !seenPids.contains(pid));
      }
      seenPids.add(pid);
    }
    return readable ? nanos : -1;
  }

  /// @param first whether what a thread has used so far was used before this clock began
  private void add(String thread, boolean first) {
    Long before = seen.get(thread);
    if (before == null) {
      boolean compiles = files.text(thread + "/comm").filter(CompilerClock::isCompiler).isPresent();
      long used = compiles ? used(thread).orElse(0) : -1;
      seen.put(thread, used);
      nanos += first ? 0 : Math.max(0, used);
    } else if (before >= 0) {
      long now = used(thread).orElse(before);
      nanos += Math.max(0, now - before);
      seen.put(thread, Math.max(now, before));
    }
  }

  private static boolean isCompiler(String thread) {
    return COMPILERS.stream().anyMatch(thread::startsWith);
  }

  /// Of `schedstat` the first number: nanoseconds on a CPU.
  private OptionalLong used(String thread) {
    return files
        .text(thread + "/schedstat")
        .map(numbers -> KernelFiles.parse(numbers.split(" ", 2)[0]))
        .orElse(OptionalLong.empty());
  }
}
