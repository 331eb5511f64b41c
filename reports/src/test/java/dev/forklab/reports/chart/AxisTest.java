package dev.forklab.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.chart.Axis.Tick;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void ticksOfALinearAxisAreRound() {
    assertThat(Axis.fromZero("", Unit.RATE, 1936).ticks())
        .extracting(Tick::value)
        .containsExactly(0.0, 500.0, 1000.0, 1500.0, 2000.0);
    assertThat(Axis.fromZero("", Unit.MEBIBYTES, 170).ticks())
        .extracting(Tick::label)
        .containsExactly("0", "50", "100", "150");
    assertThat(new Axis("", Unit.SHARE, false, 0.7, 1.05).ticks())
        .extracting(Tick::label)
        .containsExactly("70%", "80%", "90%", "100%");
  }

  @Test
  void ticksOfALogarithmicAxisThinOutWithItsRange() {
    assertThat(Axis.logarithmic("", Unit.NANOS, 1e6, 2.6e6).ticks())
        .extracting(Tick::label)
        .containsExactly("1 ms", "1.5 ms", "2 ms", "3 ms");
    assertThat(Axis.logarithmic("", Unit.NANOS, 1e6, 40e6).ticks())
        .extracting(Tick::label)
        .containsExactly("1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms");
    assertThat(Axis.logarithmic("", Unit.NANOS, 1e3, 9e6).ticks())
        .extracting(Tick::label)
        .containsExactly("1 µs", "10 µs", "100 µs", "1 ms", "10 ms");
  }

  @Test
  void equalValuesStillMakeAnAxis() {
    assertThat(Axis.logarithmic("", Unit.RATE, 5, 5).share(5)).isBetween(0.0, 1.0);
    assertThat(Axis.fromZero("", Unit.RATE, 0).share(0)).isZero();
  }

  @Test
  void sharesFollowTheScale() {
    assertThat(new Axis("", Unit.RATE, true, 1, 10_000).share(100)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aRangeWithoutWidthIsRefused() {
    assertThatThrownBy(() -> new Axis("", Unit.RATE, false, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1.0 to 1.0");
  }
}
