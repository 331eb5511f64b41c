package dev.forklab.bench.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.selftest.Check.Outcome;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan;
import dev.forklab.results.TrialKind;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// The scores of known effects, on trials whose truth is known because they were made up.
class EffectsTest {

  private static final int REPETITIONS = 4;
  private static final double TASK_NANOS = 1e6;

  @Test
  void eachRepetitionHasTheBlocksAndRoundsOfAUsualRun() {
    Plan usual = MadeUp.usualPlan();
    Plan plan = EffectsStep.plan(MadeUp.trials(), MadeUp.CELL, REPETITIONS);

    assertThat(plan.blocks()).isEqualTo(REPETITIONS * usual.blocks());
    assertThat(plan.trials()).hasSize(3 * plan.blocks());
    for (TrialKind kind : List.of(TrialKind.THROUGHPUT, TrialKind.LATENCY)) {
      assertThat(EffectsStep.rounds(kind, MadeUp.CELL, plan.models(), plan.budget()))
          .isEqualTo(EffectsStep.rounds(kind, MadeUp.CELL, usual.models(), usual.budget()));
    }
  }

  @Test
  void plantedEffectsAreFoundAtTheirSizeByAMachineThatPlantsThem() {
    EffectScore score = score(0.01, model -> TASK_NANOS * (1 + model.extraWorkPercent() / 100.0));

    assertThat(score.repetitions()).isEqualTo(REPETITIONS);
    assertThat(score.checks()).allMatch(check -> check.outcome() == Outcome.HELD);
    for (InjectedScore injected : score.injected()) {
      assertThat(injected.mean())
          .as("%s", injected)
          .isBetween(injected.percent() - 0.5, injected.percent() + 0.5);
      assertThat(injected.wrongSide()).isZero();
      // A default run has one launch for latency, which shows little of what launches do.
      if (injected.metric() == Metric.THROUGHPUT && injected.percent() >= 5) {
        assertThat(injected.found()).as("%s", injected).isEqualTo(REPETITIONS);
        assertThat(injected.told()).as("%s", injected).isEqualTo(REPETITIONS);
      }
    }
  }

  @Test
  void effectsThatAreNotThereFallShort() {
    EffectScore score = score(0.01, model -> TASK_NANOS);

    assertThat(score.checks())
        .filteredOn(check -> check.claim().contains("3% is"))
        .hasSize(2)
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT);
  }

  @Test
  void differencesBetweenAModelAndItselfFallShort() {
    EffectScore score =
        score(0.001, model -> model == Model.INJECTED_0 || model == Model.CONTROL ? 1.2e6 : 1e6);

    assertThat(score.nulls()).allMatch(each -> each.toldApart() == each.comparisons());
    assertThat(score.checks())
        .filteredOn(check -> check.claim().contains("told apart"))
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT);
  }

  @Test
  void whatNoiseHidesIsNotMeasured() {
    EffectScore score = score(0.5, model -> TASK_NANOS);

    assertThat(score.checks())
        .filteredOn(check -> check.claim().contains("is found"))
        .singleElement()
        .matches(check -> check.outcome() == Outcome.NOT_MEASURED);
  }

  @Test
  void repetitionThatIsNotWholeIsLeftOutAndSaid() {
    Plan plan = EffectsStep.plan(MadeUp.trials(), MadeUp.CELL, REPETITIONS);
    Measured whole = measured(plan, 0.01, model -> TASK_NANOS);
    Measured cut = new Measured(whole.run(), whole.trials().subList(0, whole.trials().size() - 1));

    EffectScore score = EffectScore.of(REPETITIONS, EffectsStep.analyses(cut, REPETITIONS));

    assertThat(score.repetitions()).isEqualTo(REPETITIONS - 1);
    assertThat(score.checks().getFirst().outcome()).isEqualTo(Outcome.FELL_SHORT);
  }

  @Test
  void nothingMeasuredFallsShortInsteadOfPassing() {
    assertThat(EffectScore.of(REPETITIONS, List.of()).checks())
        .isNotEmpty()
        .allMatch(check -> check.outcome() == Outcome.FELL_SHORT);
  }

  @Test
  void everyPlantedModelIsScoredInEveryMetric() {
    EffectScore score = EffectScore.of(REPETITIONS, List.of());
    long injected =
        List.of(Model.values()).stream()
            .filter(model -> model.role() == Role.INJECTED && model.extraWorkPercent() > 0)
            .count();

    assertThat(score.injected()).hasSize((int) injected * Metric.values().length);
  }

  private static EffectScore score(double noise, ToDoubleFunction<Model> nanos) {
    Plan plan = EffectsStep.plan(MadeUp.trials(), MadeUp.CELL, REPETITIONS);
    return EffectScore.of(
        REPETITIONS, EffectsStep.analyses(measured(plan, noise, nanos), REPETITIONS));
  }

  private static Measured measured(Plan plan, double noise, ToDoubleFunction<Model> nanos) {
    return MadeUp.measured(plan, planned -> MadeUp.rounds(planned, 15, noise, nanos));
  }
}
