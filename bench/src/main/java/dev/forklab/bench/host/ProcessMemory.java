package dev.forklab.bench.host;

import dev.forklab.results.Warning;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/// Memory of a set of processes at one moment, summed.
///
/// On Linux it is read from `/proc/PID/smaps_rollup` (proc_pid_smaps(5)): the proportional set size
/// as the kernel gives it, and the unique set size as private clean plus private dirty pages. The
/// kernel walks the process's page tables for that, which takes milliseconds per resident gigabyte
/// and holds its memory map: read it between slices, not during one. Where that file is missing or
/// closed to us, only the resident set is known, from `/proc/PID/statm` or OSHI.
///
/// A process that goes away while it is read counts as not there.
///
/// @param processes how many were there and could be read
/// @param pssBytes shared pages divided among their users; -1 if unknown for any of the processes
/// @param ussBytes pages that only one process uses; -1 if unknown for any of the processes
/// @param rssBytes resident pages, shared ones counted once for each process
public record ProcessMemory(int processes, long pssBytes, long ussBytes, long rssBytes) {

  private static final int UNKNOWN = -1;

  /// Reads the processes `pids`.
  public static ProcessMemory of(Collection<Long> pids) {
    return read(KernelFiles.ofThisMachine(), pids);
  }

  /// Reads a tree.
  public static ProcessMemory of(ProcessTree tree) {
    return of(tree.pids());
  }

  static ProcessMemory read(KernelFiles files, Collection<Long> pids) {
    boolean linux = files.exists("proc/self/status");
    ProcessMemory sum = new ProcessMemory(0, 0, 0, 0);
    for (long pid : pids) {
      Optional<ProcessMemory> one =
          linux ? rollup(files, pid).or(() -> resident(files, pid)) : PortableProcess.memory(pid);
      if (one.isPresent()) {
        sum = sum.plus(one.get());
      }
    }
    return sum;
  }

  /// Whether proportional and unique sizes are known.
  public boolean proportional() {
    return pssBytes != UNKNOWN;
  }

  /// The warning to attach to what was read, if only resident sizes are known.
  public Optional<Warning> warning() {
    return proportional()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Kind.APPROXIMATE_MEMORY,
                "resident size summed over %d processes".formatted(processes)));
  }

  private ProcessMemory plus(ProcessMemory other) {
    return new ProcessMemory(
        processes + other.processes,
        sum(pssBytes, other.pssBytes),
        sum(ussBytes, other.ussBytes),
        rssBytes + other.rssBytes);
  }

  private static long sum(long one, long other) {
    return one == UNKNOWN || other == UNKNOWN ? UNKNOWN : one + other;
  }

  private static Optional<ProcessMemory> rollup(KernelFiles files, long pid) {
    return files.text("proc/" + pid + "/smaps_rollup").flatMap(ProcessMemory::parseRollup);
  }

  private static Optional<ProcessMemory> parseRollup(String text) {
    long pss = UNKNOWN;
    long rss = UNKNOWN;
    long uss = 0;
    for (String line : text.lines().toList()) {
      String[] words = line.split("[:\\s]+", -1);
      OptionalLong kib = words.length == 3 ? KernelFiles.parse(words[1]) : OptionalLong.empty();
      if (kib.isEmpty()) {
        continue;
      }
      long bytes = kib.getAsLong() * MemoryFacts.BYTES_PER_KIB;
      switch (words[0]) {
        case "Pss" -> pss = bytes;
        case "Rss" -> rss = bytes;
        case "Private_Clean", "Private_Dirty" -> uss += bytes;
        default -> {}
      }
    }
    return pss < 0 || rss < 0 ? Optional.empty() : Optional.of(new ProcessMemory(1, pss, uss, rss));
  }

  /// The second number of `statm`, in pages. A zombie still has the file, with zeros.
  private static Optional<ProcessMemory> resident(KernelFiles files, long pid) {
    String[] words = files.text("proc/" + pid + "/statm").orElse("").split("\\s+", -1);
    OptionalLong pages = words.length > 1 ? KernelFiles.parse(words[1]) : OptionalLong.empty();
    return pages.orElse(0) == 0
        ? Optional.empty()
        : Optional.of(
            new ProcessMemory(1, UNKNOWN, UNKNOWN, pages.getAsLong() * PageSize.bytes(files)));
  }
}
