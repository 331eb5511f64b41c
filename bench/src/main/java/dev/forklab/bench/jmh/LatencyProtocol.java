package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.jmh.SlicedProtocol.Reading;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import org.openjdk.jmh.results.IterationResult;

/// Latency in a closed loop: as many clients as workers, each with one task at a time.
record LatencyProtocol(PlannedTrial trial, SliceTiming timing) implements SlicedProtocol {

  @Override
  public Class<?> benchmark() {
    return LatencyBenchmark.class;
  }

  @Override
  public int threads() {
    return trial.cell().workers();
  }

  @Override
  public int baselineThreads() {
    return trial.cell().cpus();
  }

  @Override
  public int tasksPerCall(Model model) {
    return 1;
  }

  @Override
  public Reading read(IterationResult iteration, SliceObservation observed) {
    return new Reading(
        iteration.getMetadata().getMeasuredOps(),
        observed.nanos(),
        LatencyHistogram.of(iteration.getPrimaryResult().getStatistics()));
  }
}
