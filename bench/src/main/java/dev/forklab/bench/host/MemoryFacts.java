package dev.forklab.bench.host;

import dev.forklab.results.units.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What Linux says of the machine's memory.
final class MemoryFacts {

  static final long BYTES_PER_KIB = 1024;
  private static final String PAGES = "sys/kernel/mm/transparent_hugepage/";

  private MemoryFacts() {}

  /// A field of `/proc/meminfo`, which counts in KiB.
  static OptionalLong bytes(KernelFiles files, String field) {
    OptionalLong kib = files.field("proc/meminfo", field);
    return kib.isPresent() ? OptionalLong.of(kib.getAsLong() * BYTES_PER_KIB) : kib;
  }

  /// What can be taken without swapping and within the container's limit.
  static OptionalLong available(KernelFiles files, Cgroup cgroup) {
    return LongStream.concat(
            bytes(files, "MemAvailable").stream(), cgroup.memoryLeftBytes().stream())
        .min();
  }

  static Map<String, String> read(KernelFiles files) {
    Map<String, String> facts = new LinkedHashMap<>();
    bytes(files, "SwapTotal")
        .ifPresent(total -> {
          long free = bytes(files, "SwapFree").orElse(total);
          facts.put(
              "swap",
              total == 0
                  ? "none"
                  : Quantity.memory(total - free) + " used of " + Quantity.memory(total));
        });
    files.text(PAGES + "enabled").ifPresent(text -> facts.put("transparent huge pages", text));
    files.text(PAGES + "defrag").ifPresent(text -> facts.put("huge page defragmentation", text));
    return facts;
  }
}
