package dev.forklab.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.chart.Axis.Tick;
import dev.forklab.results.units.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void ticksOfALinearAxisAreRound() {
    assertThat(Axis.fromZero("", 1936).ticks())
        .extracting(Tick::label)
        .containsExactly("0", "500", "1,000", "1,500", "2,000");
    assertThat(Axis.fromZero("", 170).ticks())
        .extracting(Tick::label)
        .containsExactly("0", "50", "100", "150");
    assertThat(Axis.fromZero("", 0.9).ticks())
        .extracting(Tick::label)
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8");
    assertThat(Axis.linear("", 0.7, 1.05, Quantity::percent).ticks())
        .extracting(Tick::label)
        .containsExactly("70%", "80%", "90%", "100%");
  }

  @Test
  void ticksOfALogarithmicAxisThinOutWithItsRange() {
    assertThat(Axis.logarithmic("", 1e6, 2.6e6, Quantity::chosenTime).ticks())
        .extracting(Tick::label)
        .containsExactly("1 ms", "1.5 ms", "2 ms", "3 ms");
    assertThat(Axis.logarithmic("", 1e6, 40e6, Quantity::chosenTime).ticks())
        .extracting(Tick::label)
        .containsExactly("1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms");
    assertThat(Axis.logarithmic("", 1e3, 9e6, Quantity::chosenTime).ticks())
        .extracting(Tick::label)
        .containsExactly("1 µs", "10 µs", "100 µs", "1 ms", "10 ms");
  }

  @Test
  void equalValuesStillMakeAnAxis() {
    Axis axis = Axis.logarithmic("", 5, 5, Quantity::number);

    assertThat(axis.share(5)).isBetween(0.0, 1.0);
    assertThat(Axis.fromZero("", 0).share(0)).isZero();
  }

  @Test
  void sharesFollowTheScale() {
    Axis axis = new Axis("", true, 1, 10_000, List.of());

    assertThat(axis.share(100)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aRangeWithoutWidthIsRefused() {
    assertThatThrownBy(() -> new Axis("", false, 1, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1.0 to 1.0");
  }
}
