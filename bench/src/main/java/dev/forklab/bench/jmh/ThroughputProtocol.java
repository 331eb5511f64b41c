package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.jmh.SlicedProtocol.Reading;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import org.openjdk.jmh.results.IterationResult;

/// Pools kept full by one thread: tasks per second and CPU time per task, of all models interleaved
/// or of one model alone.
record ThroughputProtocol(PlannedTrial trial, SliceTiming timing) implements SlicedProtocol {

  @Override
  public Class<?> benchmark() {
    return ThroughputBenchmark.class;
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public int tasksPerCall(Model model) {
    return Pipeline.tasksPerCall(model, trial.cell());
  }

  /// The harness's clock and the lab's count: see [CountedPipeline].
  @Override
  public Reading read(IterationResult iteration, SliceObservation observed) {
    long calls = iteration.getMetadata().getMeasuredOps();
    double callsPerSecond = iteration.getPrimaryResult().getScore();
    return new Reading(observed.operations(), Math.round(calls * 1e9 / callsPerSecond), null);
  }
}
