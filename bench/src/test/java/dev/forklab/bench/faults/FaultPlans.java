package dev.forklab.bench.faults;

import dev.forklab.results.Fault;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.Model;
import dev.forklab.workload.Seal;
import java.time.Duration;
import java.util.List;

/// Small plans for tests.
final class FaultPlans {

  private FaultPlans() {}

  static FaultPlan of(List<Fault> faults, List<Model> models) {
    return FaultPlanner.plan(
        new FaultRequest(
            faults,
            models,
            1,
            Duration.ofMinutes(5),
            Seal.NAME,
            List.of(),
            Duration.ofMillis(2),
            2,
            7));
  }

  /// Of the least work.
  static FaultPlan tiny() {
    return new FaultPlan(7, Seal.NAME, List.of(), 1, 1000, 64, 2, 64 << 20, 1, List.of());
  }
}
