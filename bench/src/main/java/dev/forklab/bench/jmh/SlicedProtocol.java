package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// A trial of slices in mirrored rounds: each is an iteration of the harness, and all have one
/// length. The lab warms up by itself, within the harness's set-up.
sealed interface SlicedProtocol extends TrialProtocol permits ThroughputProtocol, LatencyProtocol {

  PlannedTrial trial();

  SliceTiming timing();

  /// How many threads of the harness call the benchmark.
  int threads();

  /// How many tasks one call of the benchmark stands for.
  int tasksPerCall(Model model);

  /// What an iteration measured of a model that runs in the trial's own JVM or its children.
  Reading read(IterationResult iteration, SliceObservation observed);

  /// What one slice came to.
  ///
  /// @param latency the histogram of its latencies, if each task was timed
  record Reading(long operations, long nanos, @Nullable String latency) {}

  default SliceOrder order() {
    return SliceOrder.of(trial().models(), timing().measuredRounds(), trial().seed());
  }

  @Override
  default int iterations() {
    return order().slices().size();
  }

  @Override
  default List<Model> measured() {
    return order().slices();
  }

  @Override
  default ChainedOptionsBuilder configure(ChainedOptionsBuilder options) {
    return options
        .threads(threads())
        .warmupIterations(0)
        .measurementIterations(iterations())
        .measurementTime(new TimeValue(timing().sliceNanos(), TimeUnit.NANOSECONDS));
  }
}
