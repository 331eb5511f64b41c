package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.results.Model;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.WarmUp.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyStateTest {

  private static final int SLICES = 40;
  private static final long YARDSTICK = 50_000;

  @Test
  void aFlatQuietModelIsSteadyAsSoonAsThereIsAWindow() {
    List<SliceObservation> flat = slices(_ -> 1, _ -> 0, _ -> 1);
    assertThat(SteadyState.of(flat.subList(0, SteadyState.WINDOW - 1)).state())
        .isNotEqualTo(State.STEADY);
    assertThat(SteadyState.of(flat.subList(0, SteadyState.WINDOW)).state()).isEqualTo(State.STEADY);
  }

  @Test
  void aModelThatBecomesFasterIsNotSteady() {
    SteadyState found = SteadyState.of(slices(i -> 1 + 0.02 * i, _ -> 0, _ -> 1));
    assertThat(found.state()).isEqualTo(State.RISING);
    assertThat(found.trend()).isCloseTo(0.08 / 1.7, within(0.01));
  }

  @Test
  void aFlatModelWhoseCompilersWorkIsNotSteady() {
    SteadyState found = SteadyState.of(slices(_ -> 1, _ -> 0.14, _ -> 1));
    assertThat(found.state()).isEqualTo(State.COMPILING);
    assertThat(found.compiling()).isCloseTo(0.14, within(0.001));
  }

  @Test
  void whatCompilersTakeIsNotTheTasks() {
    SteadyState found = SteadyState.of(slices(_ -> 1, _ -> 0.2, _ -> 1));
    assertThat(found.taskNanos()).isCloseTo(0.8 * 2000, within(1.0));
  }

  @Test
  void aMachineThatBecomesFasterIsNotTheModelsDoing() {
    IntToDoubleFunction faster = i -> i < SLICES - 4 ? 1.5 : 1;
    assertThat(SteadyState.of(slices(i -> 1 / faster.applyAsDouble(i), _ -> 0, faster)).state())
        .isEqualTo(State.STEADY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noiseAloneSeldomLooksLikeARise(long seed) {
    Random random = new Random(seed);
    int rising = 0;
    for (int i = 0; i < 200; i++) {
      List<SliceObservation> noisy = slices(_ -> 1 + 0.05 * random.nextGaussian(), _ -> 0, _ -> 1);
      rising += SteadyState.of(noisy).state() == State.STEADY ? 0 : 1;
    }
    // One standard error and 2%: one in ten, and each round asks again.
    assertThat(rising).as("seed %d", seed).isLessThan(50);
  }

  /// @param speed of each slice, where 1 is a million tasks a second, each 2 µs of CPU time
  /// @param compiling share of its CPU time
  /// @param pace how slow the machine is
  private static List<SliceObservation> slices(
      IntToDoubleFunction speed, IntToDoubleFunction compiling, IntToDoubleFunction pace) {
    List<SliceObservation> slices = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      long nanos = 60_000_000;
      long tasks = Math.round(1_000_000 * speed.applyAsDouble(i) * nanos / 1e9);
      long yardstick = Math.round(YARDSTICK * pace.applyAsDouble(i));
      slices.add(
          new SliceObservation(
              Model.THREADS,
              tasks,
              tasks,
              nanos,
              2 * nanos,
              0,
              null,
              null,
              new Conditions(
                  Math.round(compiling.applyAsDouble(i) * 2 * nanos), yardstick, yardstick)));
    }
    return slices;
  }
}
