package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// How the harness runs one kind of trial, and how its results are read: one file for each kind.
sealed interface TrialProtocol permits SlicedProtocol, OpenLoopProtocol, FootprintProtocol {

  /// The protocol of a trial.
  ///
  /// @param timing of its slices, where it has any
  /// @param startUps how many times its pool is started, if it measures that
  static TrialProtocol of(PlannedTrial trial, SliceTiming timing, int startUps) {
    return switch (trial.kind()) {
      case THROUGHPUT, ISOLATED -> new ThroughputProtocol(trial, timing);
      case LATENCY -> new LatencyProtocol(trial, timing);
      case OPEN_LOOP -> new OpenLoopProtocol(trial);
      case FOOTPRINT -> new FootprintProtocol(trial, startUps);
    };
  }

  /// The benchmark that the harness runs.
  Class<?> benchmark();

  /// How many iterations it has, by which its progress is counted.
  int iterations();

  /// The model of each iteration whose result the harness keeps, in order.
  List<Model> measured();

  /// The options of the harness with this kind's threads and iterations.
  ChainedOptionsBuilder configure(ChainedOptionsBuilder options);

  /// In how many threads the baseline computes at once.
  default int baselineThreads() {
    return 1;
  }
}
