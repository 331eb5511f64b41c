package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuReadingTest {

  @Test
  void aSliceGetsItsPartOfWhatWasUsedBetweenTheReadings() {
    CpuReading start = new CpuReading(1_000, 50);
    CpuReading late = new CpuReading(1_000 + 2 * 120, 170); // Two CPUs, and 20 too late.
    assertThat(late.since(start, 100)).isEqualTo(200);
  }

  @Test
  void aClockThatStandsStillGivesNothingAndDoesNotDivideByZero() {
    CpuReading start = new CpuReading(1_000, 50);
    assertThat(start.since(start, 100)).isZero();
  }
}
