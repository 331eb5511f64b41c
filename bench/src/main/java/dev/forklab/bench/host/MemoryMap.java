package dev.forklab.bench.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the memory of a set of JVMs is made of, from the map of each (`/proc/PID/smaps`, see
/// proc_pid_smaps(5)); Linux only.
///
/// **The heap** is the run of adjacent mappings without a file that is as long as the heap may grow
/// (rounded up as collectors round), and starts and ends on whole MiB: collectors but Z reserve it
/// in one piece and commit parts. Z maps it from a file in memory of its own, `/memfd:java_heap`.
/// **Archives** are the JDK's shared classes (`.jsa`), its `modules` file, and AOT caches (`.aot`).
///
/// Reading walks the process's page tables, some milliseconds each: not for use while a clock runs.
///
/// @param heapPssBytes resident pages of heaps; -1 if one of the heaps could not be found
/// @param archivePssBytes resident pages of archives, shared ones divided among their users
/// @param archiveRssBytes the same, shared ones counted once for each process
public record MemoryMap(long heapPssBytes, long archivePssBytes, long archiveRssBytes) {

  private static final long MIB = 1L << 20;

  /// The largest unit that a collector rounds its heap to: a region of G1.
  private static final long ROUNDED_BYTES = 32 * MIB;

  private static final String HEAP_FILE = "/memfd:java_heap";

  /// One mapping.
  private record Mapping(long start, long end, String path, long rssBytes, long pssBytes) {}

  /// Reads the JVMs `pids`, each of which has a heap of at most `heapBytes`; nothing where there is
  /// no map or one of them has gone.
  public static Optional<MemoryMap> of(Collection<Long> pids, long heapBytes) {
    return read(KernelFiles.ofThisMachine(), pids, heapBytes);
  }

  static Optional<MemoryMap> read(KernelFiles files, Collection<Long> pids, long heapBytes) {
    MemoryMap sum = new MemoryMap(0, 0, 0);
    for (long pid : pids) {
      List<Mapping> mappings = mappings(files.lines("proc/" + pid + "/smaps"));
      if (mappings.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(of(mappings, heapBytes));
    }
    return Optional.of(sum);
  }

  private static MemoryMap of(List<Mapping> mappings, long heapBytes) {
    long pss = 0;
    long rss = 0;
    for (Mapping mapping : mappings) {
      if (isArchive(mapping.path)) {
        pss += mapping.pssBytes;
        rss += mapping.rssBytes;
      }
    }
    return new MemoryMap(heap(mappings, heapBytes), pss, rss);
  }

  private static boolean isArchive(String path) {
    return path.endsWith(".jsa") || path.endsWith(".aot") || path.endsWith("/lib/modules");
  }

  private static long heap(List<Mapping> mappings, long heapBytes) {
    long inFile =
        mappings.stream()
            .filter(mapping -> mapping.path.startsWith(HEAP_FILE))
            .mapToLong(Mapping::pssBytes)
            .sum();
    if (inFile > 0) {
      return inFile;
    }
    for (int first = 0; first < mappings.size(); first++) {
      int last = first;
      long pss = 0;
      while (last < mappings.size() && continues(mappings, first, last)) {
        pss += mappings.get(last++).pssBytes;
      }
      if (last > first && isHeap(mappings.get(first), mappings.get(last - 1), heapBytes)) {
        return pss;
      }
      first = Math.max(first, last - 1);
    }
    return -1;
  }

  /// Whether the mapping at `index` prolongs the run that starts at `first`.
  private static boolean continues(List<Mapping> mappings, int first, int index) {
    Mapping mapping = mappings.get(index);
    return mapping.path.isEmpty()
        && (index == first || mapping.start == mappings.get(index - 1).end);
  }

  private static boolean isHeap(Mapping first, Mapping last, long heapBytes) {
    long length = last.end - first.start;
    return first.start % MIB == 0
        && last.end % MIB == 0
        && length >= heapBytes / MIB * MIB
        && length <= heapBytes + ROUNDED_BYTES;
  }

  private MemoryMap plus(MemoryMap other) {
    boolean known = heapPssBytes >= 0 && other.heapPssBytes >= 0;
    return new MemoryMap(
        known ? heapPssBytes + other.heapPssBytes : -1,
        archivePssBytes + other.archivePssBytes,
        archiveRssBytes + other.archiveRssBytes);
  }

  private static List<Mapping> mappings(List<String> lines) {
    List<Mapping> mappings = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split("\\s+", 6);
      if (words[0].endsWith(":")) {
        if (!mappings.isEmpty() && words.length > 1) {
          mappings.add(with(mappings.removeLast(), words));
        }
      } else if (words.length > 4 && words[0].indexOf('-') > 0) {
        String[] ends = words[0].split("-", 2);
        String path = words.length > 5 ? words[5].strip() : "";
        mappings.add(new Mapping(address(ends[0]), address(ends[1]), path, 0, 0));
      }
    }
    return mappings;
  }

  private static Mapping with(Mapping mapping, String[] words) {
    long bytes = KernelFiles.parse(words[1]).orElse(0) * MemoryFacts.BYTES_PER_KIB;
    return switch (words[0]) {
      case "Rss:" -> new Mapping(mapping.start, mapping.end, mapping.path, bytes, mapping.pssBytes);
      case "Pss:" -> new Mapping(mapping.start, mapping.end, mapping.path, mapping.rssBytes, bytes);
      default -> mapping;
    };
  }

  /// Zero for text that is not an address: such a mapping is not a heap.
  private static long address(String hex) {
    try {
      return Long.parseUnsignedLong(hex, 16);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
