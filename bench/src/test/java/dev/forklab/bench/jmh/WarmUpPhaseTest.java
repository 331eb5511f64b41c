package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.TrialKind;
import dev.forklab.results.WarmUp;
import dev.forklab.workload.WorkloadSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Against slices that cost no time: the phase's own rules, but for the bound.
class WarmUpPhaseTest {

  private static final int WORKERS = 2;
  private static final long TASKS_PER_SLICE = 100;
  private static final long SLICE_NANOS = 60_000_000;
  private static final long YARDSTICK = 50_000;

  private static final double TASK_NANOS = (double) SLICE_NANOS / TASKS_PER_SLICE;

  /// 50 µs of message, and a tenth of the work.
  private static final double SHORT_TASK_NANOS = 105_000;

  private final Map<Model, Integer> slices = new EnumMap<>(Model.class);
  private final Map<Model, Long> before = new EnumMap<>(Model.class);

  /// Of models whose short tasks take another time than [#SHORT_TASK_NANOS].
  private final Map<Model, Double> shortTaskNanos = new EnumMap<>(Model.class);

  /// How many times as long tasks take in models where they do.
  private final Map<Model, Double> slowness = new EnumMap<>(Model.class);

  /// The part of what models are to do at the same time that they have the time to do.
  private double doneTogether = 1;

  @Test
  void quietModelsAreWarmAsSoonAsTheyHaveShownIt() {
    assertThat(outcomes(0, 0)).allMatch(it -> it.state() == WarmUp.State.STEADY);
    assertThat(slices.values()).allMatch(count -> count == SteadyState.WINDOW);
  }

  @Test
  void eachProcessOfAPoolDoesAsManyTasksAsItsCompilerNeedsCalls() {
    assertAllHaveMadeTheirCalls();
    assertThat(slices.values()).allMatch(count -> count == SteadyState.WINDOW);
  }

  @Test
  void whatIsLackingWhenTimeIsUpIsDoneInSlices() {
    doneTogether = 0.5;
    assertAllHaveMadeTheirCalls();
    assertThat(slices(Model.FORK)).isGreaterThan(2 * slices(Model.THREADS));
  }

  private void assertAllHaveMadeTheirCalls() {
    long calls = 5000;
    assertThat(outcomes(calls, 0)).allMatch(it -> it.state() == WarmUp.State.STEADY);
    assertThat(tasks(Model.FORK) / WORKERS).isGreaterThanOrEqualTo(calls);
    assertThat(tasks(Model.INLINE) + tasks(Model.THREADS)).isGreaterThanOrEqualTo(calls);
    assertThat(tasks(Model.FORK)).isGreaterThan(2 * tasks(Model.THREADS));
  }

  @Test
  void aJvmThatCompilesLeavesNoneOfItsModelsSteady() {
    assertThat(outcomes(0, 0.3))
        .allSatisfy(it ->
            assertThat(it.state())
                .isEqualTo(
                    it.model() == Model.FORK ? WarmUp.State.STEADY : WarmUp.State.COMPILING));
  }

  @Test
  void aModelWhoseTasksTakeMuchLongerThanAnothersRunsSlowCode() {
    slow(Model.FORK, 4, SHORT_TASK_NANOS * 4);
    assertThat(outcomes(0, 0))
        .allSatisfy(it ->
            assertThat(it.state())
                .isEqualTo(
                    it.model() == Model.FORK ? WarmUp.State.SLOW_CODE : WarmUp.State.STEADY));
  }

  @Test
  void aModelWithCostlyMessagesRunsNoSlowCode() {
    // Seen with 1 MiB: a usual task took 6.9 ms, a short one 3.1 ms, the baseline's 1.2 ms.
    slow(Model.FORK, 6.9 / 1.2, 3.1 / 1.2 * TASK_NANOS);
    assertThat(outcomes(0, 0)).allMatch(it -> it.state() == WarmUp.State.STEADY);
  }

  @Test
  void aDisturbedShortTaskAccusesNoOtherModel() {
    // Seen with 1 MiB: the baseline's short task took 0.69 ms, its control's 0.21 ms.
    shortTaskNanos.put(Model.INLINE, 0.69 / 1.2 * TASK_NANOS);
    assertThat(outcomes(0, 0)).allMatch(it -> it.state() == WarmUp.State.STEADY);
  }

  private void slow(Model model, double times, double shortTask) {
    slowness.put(model, times);
    shortTaskNanos.put(model, shortTask);
  }

  private long tasks(Model model) {
    return before.getOrDefault(model, 0L) + slices(model) * TASKS_PER_SLICE;
  }

  private int slices(Model model) {
    return slices.getOrDefault(model, 0);
  }

  /// @param compiling the share of the baseline's CPU time that goes to its JVM's compilers
  private List<WarmUp> outcomes(long calls, double compiling) {
    WarmUpPhase phase = new WarmUpPhase(spec(), calls);
    try {
      phase.run(
          new WarmUpPhase.Load() {
            @Override
            public void together(Map<Model, Long> tasks, long nanos) {
              tasks.forEach((model, count) -> {
                long done = Math.round(count * doneTogether);
                before.merge(model, done, Long::sum);
                phase.did(model, done);
              });
            }

            @Override
            public void slice(Model model) {
              slices.merge(model, 1, Integer::sum);
              phase.observe(
                  WarmUpPhaseTest.slice(
                      model,
                      slowness.getOrDefault(model, 1.0),
                      model == Model.INLINE ? compiling : 0));
            }

            @Override
            public double shortTaskNanos(Model model) {
              return shortTaskNanos.getOrDefault(model, SHORT_TASK_NANOS);
            }
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return phase.outcomes();
  }

  private static SliceObservation slice(Model model, double slowness, double compiling) {
    long tasks = Math.round(TASKS_PER_SLICE / slowness);
    return new SliceObservation(
        model,
        tasks,
        tasks,
        SLICE_NANOS,
        SLICE_NANOS,
        0,
        null,
        null,
        new Conditions(Math.round(compiling * SLICE_NANOS), YARDSTICK, YARDSTICK));
  }

  private static TrialSpec spec() {
    PlannedTrial trial =
        new PlannedTrial(
            0,
            1,
            TrialKind.THROUGHPUT,
            new Cell(WORKERS, WORKERS, 64, 1_000_000),
            List.of(Model.INLINE, Model.FORK, Model.THREADS),
            1);
    SliceTiming timing =
        new SliceTiming(SLICE_NANOS, SLICE_NANOS, 0, Duration.ofSeconds(1).toNanos(), 3);
    return new TrialSpec(
        trial,
        new WorkloadSpec("seal", 1),
        null,
        false,
        List.of(),
        timing,
        1L << 30,
        List.of(),
        8,
        1,
        1,
        Path.of("unused"));
  }
}
