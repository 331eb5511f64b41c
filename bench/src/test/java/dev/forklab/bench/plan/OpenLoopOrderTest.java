package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.plan.OpenLoopOrder.Step;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopOrderTest {

  private static final List<Model> MODELS = List.of(Model.FORK, Model.THREADS, Model.VIRTUAL);

  @Test
  void everyModelIsOfferedEveryLoadTwiceInMirroredOrder() {
    List<Step> steps = order(1).steps();
    List<Step> first = steps.subList(0, steps.size() / 2);
    List<Step> expected = new ArrayList<>();
    MODELS.forEach(
        model -> OpenLoopOrder.LOADS.forEach(load -> expected.add(new Step(model, load, 0))));
    assertThat(first).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(steps.subList(first.size(), steps.size()).reversed())
        .isEqualTo(first.stream().map(step -> new Step(step.model(), step.load(), 1)).toList());
  }

  @Test
  void theLoadsAreSharesOfCapacityInRisingOrder() {
    assertThat(OpenLoopOrder.LOADS).isSorted().allMatch(load -> load > 0 && load < 1);
  }

  @Test
  void everyModelShowsItsCapacityTwiceInMirroredOrder() {
    assertThat(order(1).capacity())
        .hasSize(2 * MODELS.size())
        .hasSameElementsAs(MODELS)
        .isEqualTo(order(1).capacity().reversed());
  }

  @Test
  void theSameSeedGivesTheSameOrderAndAnotherSeedAnother() {
    assertThat(order(1)).isEqualTo(order(1));
    assertThat(order(1).steps()).isNotEqualTo(order(2).steps());
  }

  @Test
  void longerTasksGetLongerStepsWithinBounds() {
    long before = 0;
    for (long taskNanos = 1000; taskNanos <= 1_000_000_000; taskNanos *= 10) {
      long step = OpenLoopOrder.stepNanos(new Cell(2, 2, 64, taskNanos));
      assertThat(step).isGreaterThanOrEqualTo(before).isBetween(1_000_000L, 60_000_000_000L);
      before = step;
    }
  }

  private static OpenLoopOrder order(long seed) {
    Cell cell = new Cell(2, 2, 64, 1_000_000);
    return OpenLoopOrder.of(new PlannedTrial(0, 0, TrialKind.OPEN_LOOP, cell, MODELS, seed));
  }
}
