package dev.forklab.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.plan.PlanRequest.Depth;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {

  private static final Machine TWO_CPUS = new Machine(2, 8L << 30);

  @Test
  void theCellThatDecidesHasMostLaunches() {
    Plan plan = plan(Duration.ofMinutes(7), 0, false);
    Cell base = plan.base().orElseThrow();

    Map<Cell, Long> launches =
        of(plan, TrialKind.THROUGHPUT)
            .collect(Collectors.groupingBy(PlannedTrial::cell, Collectors.counting()));

    assertThat(base).isEqualTo(new Cell(2, 2, 4096, 1_000_000));
    assertThat(launches).hasSameSizeAs(plan.cells());
    launches.forEach((cell, count) -> {
      long expected =
          cell.equals(base)
              ? 2L * plan.blocks()
              : isBetween(cell)
                  ? Math.ceilDiv(plan.blocks(), 4)
                  : cell.oversubscribed() ? Math.ceilDiv(plan.blocks(), 2) : plan.blocks();
      assertThat(count).as("%s", cell).isEqualTo(expected);
    });
  }

  @Test
  void latencyIsMeasuredWhereTheAnswerIsAndElsewhereWithMoreTime() {
    Plan usual = plan(Duration.ofMinutes(7), 0, false);
    Plan longer = plan(Duration.ofMinutes(40), 0, false);

    assertThat(of(usual, TrialKind.LATENCY).map(PlannedTrial::cell))
        .hasSize(usual.blocks())
        .containsOnly(usual.base().orElseThrow());
    assertThat(of(longer, TrialKind.LATENCY).map(PlannedTrial::cell).collect(Collectors.toSet()))
        .isEqualTo(
            longer.cells().stream().filter(cell -> !isBetween(cell)).collect(Collectors.toSet()));
  }

  private static boolean isBetween(Cell cell) {
    return BetweenCells.isBetween(cell, request(Duration.ofMinutes(7), 0, false));
  }

  @Test
  void everyCandidateHasAFootprint() {
    Plan plan = plan(Duration.ofMinutes(7), 0, false);

    assertThat(
            of(plan, TrialKind.FOOTPRINT)
                .map(PlannedTrial::models)
                .map(List::getFirst)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Model.INLINE, Model.FORK, Model.THREADS, Model.VIRTUAL);
    assertThat(of(plan, TrialKind.OPEN_LOOP)).hasSize(1);
    assertThat(of(plan, TrialKind.ISOLATED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 20, 60, 600})
  void aPlanFillsItsTime(int minutes) {
    Duration time = Duration.ofMinutes(minutes);

    Duration estimate = Planner.estimate(plan(time, 0, false));

    assertThat(estimate).isBetween(time.multipliedBy(90).dividedBy(100), time);
  }

  @Test
  void moreTimeBuysMoreBlocksAndLongerTrials() {
    Plan usual = plan(Duration.ofMinutes(7), 0, false);
    Plan longer = plan(Duration.ofMinutes(28), 0, false);

    assertThat(usual.blocks()).isEqualTo(2);
    assertThat(longer.blocks()).isEqualTo(4);
    assertThat(longer.budget().measureNanos()).isGreaterThan(usual.budget().measureNanos());
  }

  /// What a run measures in its first blocks must not depend on how many could follow.
  @Test
  void blocksOfARunThatStopsAreTheSameWhateverComesAfter() {
    Plan one = plan(Duration.ofMinutes(10), 0.02, false);
    Plan other = plan(Duration.ofMinutes(30), 0.02, false);

    assertThat(other.blocks()).isGreaterThan(one.blocks());
    assertThat(other.trials().subList(0, one.trials().size())).isEqualTo(one.trials());
    assertThat(one.goal()).isEqualTo(new Goal(0.02, Duration.ofMinutes(10).toNanos()));
  }

  @Test
  void aCrossCheckMeasuresEachCandidateAloneInEachBlock() {
    Plan plan = plan(Duration.ofMinutes(7), 0, true);

    assertThat(of(plan, TrialKind.ISOLATED))
        .hasSize(3 * plan.blocks())
        .allSatisfy(trial -> {
          assertThat(trial.models()).hasSize(1);
          assertThat(trial.cell()).isEqualTo(plan.base().orElseThrow());
        });
  }

  private static Stream<PlannedTrial> of(Plan plan, TrialKind kind) {
    return plan.trials().stream().filter(trial -> trial.kind() == kind);
  }

  private static Plan plan(Duration time, double precision, boolean isolate) {
    return Planner.plan(request(time, precision, isolate), TWO_CPUS);
  }

  private static PlanRequest request(Duration time, double precision, boolean isolate) {
    return new PlanRequest(
        new WorkloadChoice("seal", List.of(), 0),
        8,
        List.of(4096, 65536, 1 << 20),
        List.of(Duration.ofMillis(1), Duration.ofNanos(100_000)),
        Set.of(Model.FORK, Model.THREADS, Model.VIRTUAL),
        Depth.DEFAULT,
        time,
        false,
        0,
        "serial",
        1,
        precision,
        isolate);
  }
}
