package dev.forklab.bench.host;

import java.util.OptionalLong;

/// The size of a memory page, which differs among machines of one architecture (arm64 has three).
final class PageSize {

  private static final long USUAL_BYTES = 4096;

  private PageSize() {}

  /// From `KernelPageSize`, which the kernel gives for each mapping; the usual size where it does
  /// not.
  static long bytes(KernelFiles files) {
    OptionalLong kib = files.field("proc/self/smaps", "KernelPageSize");
    return kib.isPresent() && kib.getAsLong() > 0
        ? kib.getAsLong() * MemoryFacts.BYTES_PER_KIB
        : USUAL_BYTES;
  }
}
