package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SliceTimingTest {

  private static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.FORK, Model.THREADS);
  private static final Budget BUDGET = new Budget(20_000_000, 500_000_000, 10_000_000_000L, 3);

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void noHandfulOfTasksDecidesASlice(Requests.Case it) {
    forEachSlicedTrial(
        it,
        (trial, timing) -> {
          long enough = SliceTiming.TASKS_PER_SLICE * trial.cell().taskNanos();
          assertThat(timing.sliceNanos())
              .isGreaterThanOrEqualTo(Math.min(enough, SliceTiming.LONGEST_SLICE_NANOS))
              .isLessThanOrEqualTo(SliceTiming.LONGEST_SLICE_NANOS);
        });
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void everyTrialWarmsUpAndHasSeveralRounds(Requests.Case it) {
    forEachSlicedTrial(
        it,
        (trial, timing) -> {
          assertThat(timing.expectedWarmupNanos(trial)).isPositive();
          assertThat(timing.warmupNanos()).isGreaterThanOrEqualTo(plan(it).budget().warmupNanos());
          assertThat(timing.measuredRounds()).isGreaterThan(1);
          assertThat(timing.warmupSliceNanos()).isGreaterThanOrEqualTo(timing.sliceNanos());
        });
  }

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void theTotalHoldsAllSlices(Requests.Case it) {
    forEachSlicedTrial(
        it,
        (trial, timing) -> {
          long slices = 2L * timing.measuredRounds() * trial.models().size();
          assertThat(timing.totalNanos(trial)).isGreaterThan(slices * timing.sliceNanos());
        });
  }

  @Test
  void longerTasksAndLargerMessagesNeverGetShorterSlicesNorMoreRounds() {
    for (TrialKind kind : List.of(TrialKind.THROUGHPUT, TrialKind.LATENCY)) {
      SliceTiming before = null;
      for (int step = 0; step < 20; step++) {
        Cell cell = new Cell(2, 2, 16 << step, 1000L << step);
        SliceTiming timing = SliceTiming.of(new PlannedTrial(0, 0, kind, cell, MODELS, 1), BUDGET);
        if (before != null) {
          assertThat(timing.sliceNanos()).isGreaterThanOrEqualTo(before.sliceNanos());
          assertThat(timing.measuredRounds()).isLessThanOrEqualTo(before.measuredRounds());
        }
        before = timing;
      }
    }
  }

  @Test
  void aBudgetThatIsLargeEnoughIsKeptTo() {
    Cell cell = new Cell(2, 2, 4096, 1_000_000);
    PlannedTrial trial = new PlannedTrial(0, 0, TrialKind.THROUGHPUT, cell, MODELS, 1);
    SliceTiming timing = SliceTiming.of(trial, BUDGET);
    long measured = timing.totalNanos(trial) - timing.expectedWarmupNanos(trial);
    assertThat(measured).isLessThanOrEqualTo(BUDGET.measureNanos());
    assertThat(measured).isGreaterThan(BUDGET.measureNanos() * 9 / 10);
  }

  @Test
  void aTrialIsExpectedToWarmUpForAsLongAsItMustAndNoLongerThanItMay() {
    Cell cell = new Cell(2, 2, 4096, 1_000_000);
    PlannedTrial trial = new PlannedTrial(0, 0, TrialKind.THROUGHPUT, cell, MODELS, 1);
    Budget must = new Budget(20_000_000, 40_000_000_000L, 50_000_000_000L, 1, 1);
    Budget may = new Budget(20_000_000, 100_000_000, 1, 1);
    assertThat(SliceTiming.of(trial, must).expectedWarmupNanos(trial)).isEqualTo(40_000_000_000L);
    assertThat(SliceTiming.of(trial, may).expectedWarmupNanos(trial)).isEqualTo(100_000_000L);
  }

  private static Plan plan(Requests.Case it) {
    return Planner.plan(it.request(), it.machine());
  }

  private static void forEachSlicedTrial(
      Requests.Case it, BiConsumer<PlannedTrial, SliceTiming> check) {
    Plan plan = plan(it);
    plan.trials().stream()
        .filter(trial -> trial.kind().interleavesSlices())
        .forEach(trial -> check.accept(trial, SliceTiming.of(trial, plan.budget())));
  }
}
