package dev.forklab.bench.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.HostCounters;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {

  private static final long SECOND = 1_000_000_000;
  private static final long GIB = 1L << 30;

  /// Two CPUs for ten seconds: 2000 ticks.
  private static final HostCounters BEFORE = new HostCounters(0, 0, 500, 1000, 0, 0, GIB, 0);

  private static HostCounters after(long busy, long steal, long throttled, long free, long swaps) {
    return new HostCounters(10_000, 0, 500 + busy, 3000, steal, throttled, free, swaps);
  }

  @Test
  void ourOwnWorkIsNoDisturbance() {
    assertThat(Disturbance.between(BEFORE, after(2000, 0, 0, GIB, 0), 20 * SECOND)).isEmpty();
  }

  @Test
  void workBeyondOursIsReported() {
    List<Warning> warnings = Disturbance.between(BEFORE, after(1200, 0, 0, GIB, 0), 10 * SECOND);

    assertThat(warnings)
        .containsExactly(
            new Warning(Kind.BUSY_MACHINE, "other processes used 10.0% of the CPU time"));
  }

  @Test
  void fivePercentIsWithinWhatSampledTicksCanTell() {
    assertThat(Disturbance.between(BEFORE, after(1100, 0, 0, GIB, 0), 10 * SECOND)).isEmpty();
  }

  @Test
  void withoutOurOwnTimeOtherWorkIsNotJudged() {
    assertThat(Disturbance.between(BEFORE, after(2000, 0, 0, GIB, 0), -1)).isEmpty();
  }

  @Test
  void stealBeyondOnePercentIsReported() {
    assertThat(Disturbance.between(BEFORE, after(0, 20, 0, GIB, 0), 0)).isEmpty();
    assertThat(Disturbance.between(BEFORE, after(0, 21, 0, GIB, 0), 0))
        .extracting(Warning::kind)
        .containsExactly(Kind.CPU_STEAL);
  }

  @Test
  void throttlingSwappingAndLowMemoryAreReported() {
    assertThat(Disturbance.between(BEFORE, after(0, 0, SECOND, 100L << 20, 1000), 0))
        .containsExactly(
            new Warning(Kind.CPU_THROTTLED, "held back for 1000 ms"),
            new Warning(Kind.SWAPPING, "1000 pages"),
            new Warning(Kind.LOW_MEMORY, "100 MiB left at the end"));
  }

  @Test
  void aMomentIsTooShortToJudgeSharesOfTicks() {
    HostCounters soon = new HostCounters(100, 0, 520, 1020, 20, 0, GIB, 0);

    assertThat(Disturbance.between(BEFORE, soon, 0)).isEmpty();
  }

  @Test
  void unknownOrBackwardTotalsAreNotJudged() {
    HostCounters unknown = new HostCounters(0, -1, -1, -1, -1, -1, -1, -1);

    assertThat(Disturbance.between(unknown, after(2000, 99, 9 * SECOND, GIB, 999), 0)).isEmpty();
    assertThat(Disturbance.between(after(2000, 99, 9 * SECOND, GIB, 999), BEFORE, 0)).isEmpty();
    assertThat(Disturbance.between(unknown, unknown, 0)).isEmpty();
  }
}
