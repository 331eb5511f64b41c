package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Warning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {

  private static final int HELD_MIB = 64;
  private static final long MIB = 1L << 20;

  @TempDir Path root;

  @Test
  void uniqueIsPrivateCleanPlusPrivateDirty() {
    FakeTree tree = linux().file("proc/7/smaps_rollup", rollup(1752, 380, 40, 112));

    assertThat(ProcessMemory.read(tree.files(), List.of(7L)))
        .isEqualTo(new ProcessMemory(1, 380 * 1024, 152 * 1024, 1752 * 1024));
  }

  @Test
  void processesAreSummedAndThoseGoneAreNotCounted() {
    FakeTree tree =
        linux()
            .file("proc/7/smaps_rollup", rollup(100, 50, 10, 20))
            .file("proc/9/smaps_rollup", rollup(200, 60, 30, 10));

    ProcessMemory memory = ProcessMemory.read(tree.files(), List.of(7L, 8L, 9L));

    assertThat(memory).isEqualTo(new ProcessMemory(2, 110 * 1024, 70 * 1024, 300 * 1024));
    assertThat(memory.warning()).isEmpty();
  }

  @Test
  void oneProcessWithoutARollupMakesTheSumApproximate() {
    FakeTree tree =
        linux()
            .file("proc/self/smaps", "00-ff r-xp\nSize: 4 kB\nKernelPageSize:       16 kB\n")
            .file("proc/7/smaps_rollup", rollup(100, 50, 10, 20))
            .file("proc/8/statm", "1000 200 50 1 0 100 0\n");

    ProcessMemory memory = ProcessMemory.read(tree.files(), List.of(7L, 8L));

    assertThat(memory).isEqualTo(new ProcessMemory(2, -1, -1, (100 + 200 * 16) * 1024));
    assertThat(memory.warning().map(Warning::kind)).contains(Warning.Kind.APPROXIMATE_MEMORY);
  }

  @Test
  void zombiesAreNotCounted() {
    FakeTree tree = linux().file("proc/8/statm", "0 0 0 0 0 0 0\n");

    assertThat(ProcessMemory.read(tree.files(), List.of(8L)).processes()).isZero();
  }

  @Test
  void memoryThatARealProcessHoldsIsSeen() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/smaps_rollup")), "needs Linux 4.14");
    try (ChildJvm small = ChildJvm.start(Holder.class, "1");
        ChildJvm large = ChildJvm.start(Holder.class, Integer.toString(HELD_MIB))) {
      ProcessMemory less = ProcessMemory.of(List.of(small.pid()));
      ProcessMemory more = ProcessMemory.of(List.of(large.pid()));

      assertThat(more.ussBytes() - less.ussBytes())
          .as("63 MiB more are held; two JVMs differ by a few MiB of their own")
          .isBetween((HELD_MIB - 16) * MIB, (HELD_MIB + 16) * MIB);
      assertThat(more.pssBytes()).isBetween(more.ussBytes(), more.rssBytes());
    }
  }

  private FakeTree linux() {
    return new FakeTree(root).file("proc/self/status", "Name: java\n");
  }

  private static String rollup(int rss, int pss, int privateClean, int privateDirty) {
    return """
    55819245d000-7fff95e58000 ---p 00000000 00:00 0                          [rollup]
    Rss:                %d kB
    Pss:                 %d kB
    Pss_Dirty:           112 kB
    Private_Clean:        %d kB
    Private_Dirty:       %d kB
    Private_Hugetlb:       0 kB
    """
        .formatted(rss, pss, privateClean, privateDirty);
  }
}
