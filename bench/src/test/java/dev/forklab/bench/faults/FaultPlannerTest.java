package dev.forklab.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlannerTest {

  private final FaultPlan plan =
      FaultPlans.of(FaultRequest.ALL, List.of(Model.FORK, Model.THREADS));

  @Test
  void everyFaultMeetsEveryModelAsInProductionAndThenNaively() {
    List<PlannedFault> all = plan.trials();
    int half = all.size() / 2;

    assertThat(half).isEqualTo(2 * FaultRequest.ALL.size());
    assertMeet(all.subList(0, half), Way.PRODUCTION);
    assertMeet(all.subList(half, all.size()), Way.NAIVE);
  }

  private static void assertMeet(List<PlannedFault> trials, Way way) {
    assertThat(trials).allMatch(trial -> trial.way() == way);
    assertThat(trials)
        .extracting(trial -> trial.fault() + " " + trial.model())
        .doesNotHaveDuplicates();
  }

  @Test
  void theUsualFaultsComeFirstWhereTheTimeMayEnd() {
    List<Fault> naive =
        plan.trials().stream()
            .filter(trial -> trial.way() == Way.NAIVE)
            .map(PlannedFault::fault)
            .distinct()
            .toList();

    assertThat(naive)
        .isEqualTo(FaultRequest.ALL)
        .startsWith(FaultRequest.QUICK.toArray(Fault[]::new));
  }
}
