package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.OpenLoopOrder;
import dev.forklab.bench.plan.OpenLoopOrder.Step;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// Tasks on a schedule: an iteration is a stretch; those that only find each model's capacity are
/// the harness's warm-up.
record OpenLoopProtocol(PlannedTrial trial) implements TrialProtocol {

  private OpenLoopOrder order() {
    return OpenLoopOrder.of(trial);
  }

  @Override
  public Class<?> benchmark() {
    return OpenLoopBenchmark.class;
  }

  @Override
  public int iterations() {
    return order().stretches();
  }

  @Override
  public List<Model> measured() {
    return order().steps().stream().map(Step::model).toList();
  }

  @Override
  public ChainedOptionsBuilder configure(ChainedOptionsBuilder options) {
    OpenLoopOrder order = order();
    return options
        .threads(1)
        .warmupIterations(order.capacity().size())
        .measurementIterations(order.steps().size());
  }
}
