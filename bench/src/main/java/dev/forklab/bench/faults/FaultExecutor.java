package dev.forklab.bench.faults;

import dev.forklab.results.FaultDirectory;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultRun;
import dev.forklab.results.FaultTrial;
import dev.forklab.results.Plan.WorkloadJar;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs the trials that a run does not have yet, one after the other; each is on disk before the
/// next begins. Ends when the plan does, or when the run's time is spent: what trials took counts,
/// not the time between a run's interruption and its resumption.
public final class FaultExecutor {

  private final FaultRun run;
  private final FaultDirectory directory;
  private final FaultListener listener;

  public FaultExecutor(FaultRun run, FaultDirectory directory, FaultListener listener) {
    this.run = run;
    this.directory = directory;
    this.listener = listener;
  }

  /// Blocks until it is done.
  ///
  /// @throws InterruptedException if the thread is interrupted; the trial in hand is lost
  public void execute() throws IOException, InterruptedException {
    List<FaultTrial> before = directory.readTrials();
    long spent = before.stream().mapToLong(FaultTrial::wallNanos).sum();
    Set<Integer> done =
        before.stream().map(trial -> trial.planned().index()).collect(Collectors.toSet());
    try (JanitorProcess janitor = JanitorProcess.start()) {
      FaultTrialRunner runner = new FaultTrialRunner(run.plan(), classPath(), janitor);
      for (PlannedFault planned : run.plan().trials()) {
        if (done.contains(planned.index())) {
          continue;
        }
        if (spent + FaultPlanner.USUAL_TRIAL.toNanos() > run.plan().timeNanos()) {
          return;
        }
        listener.started(planned);
        FaultTrial trial = runner.run(planned);
        directory.append(trial);
        spent += trial.wallNanos();
        listener.finished(trial);
      }
    }
  }

  private String classPath() {
    return WorkloadJar.behind(System.getProperty("java.class.path"), run.plan().workloadJars());
  }
}
