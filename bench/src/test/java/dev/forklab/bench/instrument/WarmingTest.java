package dev.forklab.bench.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmingTest {

  private static final int USUAL = 1000;
  private static final int SHORT = 100;

  @Test
  void aStepIsSlowForATimeAfterEachShortTask() {
    Warming step = new Warming(Warming.STEP);
    assertThat(step.factor(USUAL)).isEqualTo(Warming.STEP_FACTOR);
    assertThat(step.factor(SHORT)).isEqualTo(Warming.STEP_FACTOR);
    assertSlowThenFast(step);
    assertThat(step.factor(SHORT)).isEqualTo(Warming.STEP_FACTOR);
    assertSlowThenFast(step);
  }

  private static void assertSlowThenFast(Warming step) {
    for (int i = 0; i < Warming.STEP_TASKS; i++) {
      assertThat(step.factor(USUAL)).isEqualTo(Warming.STEP_FACTOR);
    }
    assertThat(step.factor(USUAL)).isEqualTo(1);
  }

  @Test
  void slowWorkersStaySlowAndOthersNeverAre() {
    assertThat(new Warming(Warming.SLOW).factor(USUAL)).isEqualTo(Warming.SLOW_FACTOR);
    assertThat(new Warming("").factor(USUAL)).isEqualTo(1);
  }
}
