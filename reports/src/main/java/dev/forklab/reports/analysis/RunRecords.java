package dev.forklab.reports.analysis;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run's trials, read for what other runs are compared with.
///
/// @param done the last record of each trial
/// @param metrics everything that models are compared by
/// @param models all that took part
record RunRecords(
    Run run,
    List<Trial> done,
    CellTrials throughput,
    List<Measurements> metrics,
    List<Model> models) {

  static RunRecords of(Run run, List<Trial> trials) {
    List<Trial> done = Trial.latest(trials);
    CellTrials throughput = CellTrials.of(TrialKind.THROUGHPUT, run.plan(), done);
    return new RunRecords(
        run,
        done,
        throughput,
        Analyzer.metrics(
            new Throughput(throughput),
            new CpuPerTask(throughput),
            new Latencies(CellTrials.of(TrialKind.LATENCY, run.plan(), done))),
        Analyzer.models(run, done));
  }

  Map<Cell, Set<Model>> stillWarmingUp() {
    return Steadiness.stillWarmingUp(throughput, models);
  }

  TaskTimes taskTimes() {
    return TaskTimes.of(run, throughput);
  }
}
