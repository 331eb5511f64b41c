package dev.forklab.bench.cli;

import dev.forklab.bench.faults.FaultListener;
import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultWords;
import dev.forklab.results.FaultPlan;
import dev.forklab.results.FaultPlan.PlannedFault;
import dev.forklab.results.FaultTrial;
import java.io.PrintWriter;
import java.util.List;

/// Shows how a run of faults goes on: one line a trial, and on a terminal the trial in hand.
final class FaultsProgress implements FaultListener {

  private final PrintWriter err;
  private final FaultPlan plan;
  private final boolean moving;
  private final MovingLines lines;

  FaultsProgress(PrintWriter err, FaultPlan plan, boolean moving) {
    this.err = err;
    this.plan = plan;
    this.moving = moving;
    this.lines = new MovingLines(err);
  }

  @Override
  public synchronized void started(PlannedFault planned) {
    if (moving) {
      lines.draw(List.of(place(planned) + " …"));
    }
  }

  @Override
  public synchronized void finished(FaultTrial trial) {
    done();
    String failure = trial.failure();
    err.println(
        place(trial.planned())
            + ": "
            + (failure != null
                ? "no result: " + failure.lines().findFirst().orElse("")
                : FaultWords.entry(
                    new FaultCell(
                        trial.planned().fault(),
                        trial.planned().model(),
                        trial.planned().way(),
                        List.of(trial)))));
    err.flush();
  }

  private String place(PlannedFault planned) {
    return "[%d/%d] %s, %s, %s"
        .formatted(
            planned.index() + 1,
            plan.trials().size(),
            planned.fault().id(),
            planned.model().id(),
            planned.way().id());
  }

  /// Ends the moving line.
  synchronized void done() {
    if (moving) {
      lines.clear();
    }
  }
}
