package dev.forklab.bench.jmh;

import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// Start-up and memory of one model, alone in its JVM: an iteration is a start.
record FootprintProtocol(PlannedTrial trial, int startUps) implements TrialProtocol {

  @Override
  public Class<?> benchmark() {
    return FootprintBenchmark.class;
  }

  @Override
  public int iterations() {
    return startUps;
  }

  @Override
  public List<Model> measured() {
    return Collections.nCopies(startUps, trial.models().getFirst());
  }

  @Override
  public ChainedOptionsBuilder configure(ChainedOptionsBuilder options) {
    return options.threads(1).warmupIterations(0).measurementIterations(startUps);
  }
}
