package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.HostCounters;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCounterReaderTest {

  @TempDir Path root;

  @Test
  void totalsAreThoseOfAllCpus() {
    HostCounters counters = new HostCounterReader(FakeTree.bareMetalWithSmt(root).files()).read();

    assertThat(counters.totalTicks()).isEqualTo(9650);
    assertThat(counters.busyTicks()).isEqualTo(1550);
    assertThat(counters.stealTicks()).isZero();
    assertThat(counters.load()).isEqualTo(0.10);
    assertThat(counters.freeBytes()).isEqualTo(12L << 30);
    assertThat(counters.swappedPages()).isEqualTo(12);
    assertThat(counters.throttledNanos()).as("this group has no cpu.stat").isEqualTo(-1);
  }

  @Test
  void stealIsNeitherBusyNorIdle() {
    HostCounters counters = new HostCounterReader(FakeTree.virtualMachine(root).files()).read();

    assertThat(counters.stealTicks()).isEqualTo(4);
    assertThat(counters.busyTicks()).isEqualTo(21);
    assertThat(counters.totalTicks()).isEqualTo(100);
  }

  @Test
  void throttlingIsInNanosecondsInBothVersions() {
    Path two = root.resolve("two");
    Path one = root.resolve("one");

    assertThat(
            new HostCounterReader(FakeTree.containerWithQuota(two).files()).read().throttledNanos())
        .isEqualTo(1_250_000);
    assertThat(new HostCounterReader(FakeTree.virtualMachine(one).files()).read().throttledNanos())
        .isEqualTo(777);
  }

  @Test
  void whatIsNotShownIsMinusOne() {
    HostCounters counters = new HostCounterReader(new FakeTree(root).files()).read();

    assertThat(counters.totalTicks()).isEqualTo(-1);
    assertThat(counters.busyTicks()).isEqualTo(-1);
    assertThat(counters.stealTicks()).isEqualTo(-1);
    assertThat(counters.throttledNanos()).isEqualTo(-1);
    assertThat(counters.freeBytes()).isEqualTo(-1);
    assertThat(counters.swappedPages()).isEqualTo(-1);
  }

  @Test
  void thisMachinesTicksGoOn() {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/stat")), "needs Linux");
    HostCounterReader reader = HostCounterReader.ofThisMachine();
    HostCounters before = reader.read();

    assertThat(before.totalTicks()).isPositive();
    assertThat(before.freeBytes()).isPositive();
    assertThat(reader.read().totalTicks()).isGreaterThanOrEqualTo(before.totalTicks());
  }
}
