package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.TrialKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetsTest {

  private static final Budget BUDGET = new Budget(20_000_000, 500_000_000, 10_000_000_000L, 3);

  @ParameterizedTest
  @MethodSource("dev.forklab.bench.plan.Requests#random")
  void everyTrialTakesTimeAndThePlanTakesTheirSumOrWhatItKeepsInReserve(Requests.Case it) {
    Plan plan = Planner.plan(it.request(), it.machine());
    assertThat(plan.trials())
        .allSatisfy(trial -> assertThat(Planner.estimate(trial, plan.budget())).isPositive());
    long planned =
        plan.trials().stream()
            .mapToLong(trial -> Planner.estimate(trial, plan.budget()).toNanos())
            .sum();
    Reserve reserve = plan.reserve();
    assertThat(Planner.estimate(plan).toNanos())
        .isEqualTo(reserve == null ? planned : Math.max(planned, reserve.timeNanos()));
  }

  @Test
  void startingMoreChildrenOnAsManyCpusTakesLonger() {
    assertThat(startNanos(16, Model.FORK)).isGreaterThan(startNanos(2, Model.FORK));
    assertThat(startNanos(16, Model.THREADS)).isGreaterThanOrEqualTo(startNanos(2, Model.THREADS));
    assertThat(startNanos(2, Model.FORK)).isGreaterThan(startNanos(2, Model.THREADS));
  }

  @Test
  void latencyTrialsGetASmallerShareThanThroughputTrials() {
    assertThat(Budgets.forKind(TrialKind.LATENCY, BUDGET).measureNanos())
        .isPositive()
        .isLessThan(BUDGET.measureNanos());
    assertThat(Budgets.forKind(TrialKind.THROUGHPUT, BUDGET)).isEqualTo(BUDGET);
  }

  private static long startNanos(int workers, Model model) {
    Cell cell = new Cell(workers, 2, 4096, 1_000_000);
    return Budgets.trialNanos(
        new PlannedTrial(0, 0, TrialKind.FOOTPRINT, cell, List.of(model), 1), BUDGET);
  }
}
