package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryMapTest {

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /// Two JVMs' maps, shortened: an archive, the class space behind it (as long as a heap of 1 GiB,
  /// but not on a whole MiB), and a heap of 114 MiB of which 8 MiB are resident.
  private static final String MAP =
      """
      5b001000-5bd95000 rw-p 00001000 fe:00 1234    /jdk/lib/server/classes.jsa
      Size:              13904 kB
      Rss:               13000 kB
      Pss:                9000 kB
      5bd95000-9c000000 ---p 00000000 00:00 0\s
      Rss:                 100 kB
      Pss:                 100 kB
      f8e00000-f9760000 rw-p 00000000 00:00 0\s
      Rss:                7320 kB
      Pss:                7320 kB
      f9760000-100000000 ---p 00000000 00:00 0\s
      Rss:                 872 kB
      Pss:                 872 kB
      7f0000000000-7f0000900000 r--s 00000000 fe:00 77    /jdk/lib/modules
      Rss:                2000 kB
      Pss:                1000 kB
      """;

  @TempDir private Path root;

  @Test
  void aHeapIsFoundByItsLength() {
    FakeTree tree = new FakeTree(root).file("proc/7/smaps", MAP).file("proc/8/smaps", MAP);

    assertThat(MemoryMap.read(tree.files(), List.of(7L, 8L), 113 * MIB))
        .contains(new MemoryMap(2 * 8192 * KIB, 2 * 10_000 * KIB, 2 * 15_000 * KIB));
  }

  @Test
  void theClassSpaceIsNoHeap() {
    FakeTree tree = new FakeTree(root).file("proc/7/smaps", MAP);

    assertThat(MemoryMap.read(tree.files(), List.of(7L), 1024 * MIB))
        .map(MemoryMap::heapPssBytes)
        .contains(-1L);
  }

  @Test
  void aHeapInAFileOfItsOwnIsFoundByName() {
    String map = "40000000000-40004600000 rw-s 00000000 00:01 9 /memfd:java_heap (deleted)\n";
    FakeTree tree = new FakeTree(root).file("proc/7/smaps", map + "Rss: 64 kB\nPss: 64 kB\n");

    assertThat(MemoryMap.read(tree.files(), List.of(7L), 1024 * MIB))
        .contains(new MemoryMap(64 * KIB, 0, 0));
  }

  @Test
  void aProcessThatHasGoneLeavesNothingKnown() {
    FakeTree tree = new FakeTree(root).file("proc/7/smaps", MAP);

    assertThat(MemoryMap.read(tree.files(), List.of(7L, 9L), 113 * MIB)).isEmpty();
  }

  @Test
  void garbageIsNobodysHeap() {
    FakeTree tree =
        new FakeTree(root).file("proc/7/smaps", "x-y z\nPss: many\n1-2 rw-p 0 0 0\nPss:\n");

    assertThat(MemoryMap.read(tree.files(), List.of(7L), 113 * MIB))
        .contains(new MemoryMap(-1, 0, 0));
  }
}
