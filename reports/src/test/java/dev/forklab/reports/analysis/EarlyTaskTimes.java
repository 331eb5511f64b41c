package dev.forklab.reports.analysis;

import dev.forklab.results.Run;
import dev.forklab.results.TrialKind;
import java.util.List;

/// What is known of a run's task times before its first trial.
public final class EarlyTaskTimes {

  private EarlyTaskTimes() {}

  public static TaskTimes of(Run run) {
    return TaskTimes.of(run, CellTrials.of(TrialKind.THROUGHPUT, run.plan(), List.of()));
  }
}
