package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuClockTest {

  private static final long MILLI = 1_000_000;

  @TempDir Path root;

  @Test
  void agreesWithTheJvmsOwnAccount() {
    var bean =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    CpuClock clock = CpuClock.of(List.of(ProcessHandle.current().pid()));

    long before = bean.getProcessCpuTime();
    long seen = clock.nanos();
    long after = bean.getProcessCpuTime();

    assertThat(seen).isBetween(before - 20 * MILLI, after + 20 * MILLI);
  }

  @Test
  void burningProcessIsSeenToBurnAndKeepsItsTimeWhenItHasGone() throws Exception {
    try (ChildJvm burner = ChildJvm.start(Burner.class);
        ChildJvm idle = ChildJvm.start(Holder.class, "1")) {
      CpuClock clock = CpuClock.of(List.of(burner.pid(), idle.pid()));
      long start = clock.nanos();
      await().until(() -> clock.nanos() - start > 50 * MILLI);

      burner.kill();
      long atTheEnd = clock.nanos();

      assertThat(atTheEnd).isGreaterThan(start + 50 * MILLI);
      assertThat(clock.nanos()).isGreaterThanOrEqualTo(atTheEnd);
    }
  }

  @Test
  void kernelsClockAndTicksAgreeOnAChild() throws Exception {
    Assumptions.assumeTrue(KernelFiles.ofThisMachine().exists("proc/self/stat"), "needs Linux");
    CpuClock.Source kernel = KernelClock.orAbsent();
    TickClock ticks = new TickClock(KernelFiles.ofThisMachine());
    try (ChildJvm idle = ChildJvm.start(Holder.class, "1")) {
      await()
          .untilAsserted(() -> {
            long exact = kernel.nanos(idle.pid());
            assertThat(ticks.nanos(idle.pid())).isBetween(exact - 30 * MILLI, exact + 30 * MILLI);
            assertThat(CpuClock.handleNanos(idle.pid()))
                .isBetween(exact - 30 * MILLI, exact + 30 * MILLI);
          });
    }
  }

  @Test
  void vanishedProcessKeepsWhatItHadUsed() {
    Map<Long, Long> used = new HashMap<>(Map.of(1L, 100L, 2L, 40L));
    CpuClock clock = new CpuClock(pid -> used.getOrDefault(pid, -1L), List.of(1L, 2L, 3L));
    assertThat(clock.nanos()).isEqualTo(140);

    used.remove(1L);
    used.put(2L, 50L);

    assertThat(clock.nanos()).isEqualTo(150);
  }

  @Test
  void numberTakenOverByAYoungerProcessDoesNotRunTheClockBackwards() {
    Map<Long, Long> used = new HashMap<>(Map.of(1L, 100L));
    CpuClock clock = new CpuClock(pid -> used.getOrDefault(pid, -1L), List.of(1L));

    used.put(1L, 5L);

    assertThat(clock.nanos()).isEqualTo(100);
  }

  @Test
  void ticksAreReadBehindNamesThatHoldSpacesAndParentheses() {
    FakeTree tree =
        new FakeTree(root)
            .file(
                "proc/7/stat",
                "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 250 31 0 0 20 0 1 0 100 0 0\n");

    assertThat(new TickClock(tree.files()).nanos(7)).isEqualTo(2810 * MILLI);
    assertThat(new TickClock(tree.files()).nanos(8)).isEqualTo(-1);
  }
}
