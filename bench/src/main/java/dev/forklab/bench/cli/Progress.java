package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.Eta;
import dev.forklab.bench.run.RunListener;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Trial;
import java.io.PrintWriter;
import java.time.Duration;

/// Shows how a run goes on: one moving line on a terminal, one line a trial in a log.
final class Progress implements RunListener {

  static final String CLEAR_LINE = "\r\u001b[2K";

  /// What is too long for the terminal is cut off there; on two lines it could not be cleared.
  static final String NO_WRAP = "\u001b[?7l";

  static final String WRAP = "\u001b[?7h";
  private static final long REDRAW_NANOS = 200_000_000L;

  private final PrintWriter err;
  private final Plan plan;
  private final Eta eta;
  private final boolean moving;
  private long lastDrawn;
  private long startedNanos;
  private long begunNanos;

  /// What the trial in hand took before it was started anew: no other trial takes that.
  private long lostNanos;

  Progress(PrintWriter err, Plan plan, Eta eta, boolean moving) {
    this.err = err;
    this.plan = plan;
    this.eta = eta;
    this.moving = moving;
  }

  @Override
  public synchronized void preparing() {
    err.println("preparing forked workers …");
    err.flush();
  }

  @Override
  public synchronized void unprepared(String reason) {
    line("JVMs start without an archive and take longer to warm up: " + reason);
  }

  @Override
  public synchronized void started(PlannedTrial trial) {
    startedNanos = System.nanoTime();
    begunNanos = startedNanos;
    lostNanos = 0;
    if (moving) {
      draw(trial, eta.remaining(trial.index()), "");
    }
  }

  @Override
  public synchronized void startedAnew(PlannedTrial trial, String reason) {
    lostNanos = System.nanoTime() - begunNanos;
    line(
        "trial %d is started anew (%s): %s"
            .formatted(trial.index() + 1, PlanText.cellAndModels(trial), reason));
  }

  @Override
  public synchronized void progress(PlannedTrial trial, int slicesDone, int slices) {
    long now = System.nanoTime();
    if (slicesDone <= 1) {
      startedNanos = now; // Its launch and its warm-up lie behind it.
    }
    if (moving && now - lastDrawn > REDRAW_NANOS) {
      lastDrawn = now;
      Duration elapsed = Duration.ofNanos(now - startedNanos);
      draw(
          trial,
          eta.remaining(trial, Math.min(1, (double) slicesDone / slices), elapsed),
          " %d%%".formatted(100 * slicesDone / slices));
    }
  }

  @Override
  public synchronized void finished(Trial trial) {
    int finished = trial.planned().index() + 1;
    String failure = trial.failure();
    if (failure == null) {
      eta.finished(trial.planned(), Duration.ofNanos(trial.durationNanos() - lostNanos));
    }
    if (failure != null) {
      line(
          "trial %d failed (%s): %s"
              .formatted(
                  trial.planned().index() + 1,
                  PlanText.cellAndModels(trial.planned()),
                  failure.lines().findFirst().orElse("")));
    } else if (!moving) {
      line(
          "[%d/%d] %s, %s: %s, %s left"
              .formatted(
                  finished,
                  plan.trials().size(),
                  PlanText.kind(trial.planned().kind()),
                  PlanText.cellAndModels(trial.planned()),
                  Notation.spoken(Duration.ofNanos(trial.durationNanos())),
                  spoken(eta.remaining(finished))));
    }
  }

  /// A run that may end before its last block says so.
  private String spoken(Duration left) {
    return (plan.goal() != null ? "at most " : "") + Notation.spoken(left);
  }

  /// Ends the moving line.
  synchronized void done() {
    if (moving) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private void draw(PlannedTrial trial, Duration left, String percent) {
    err.print(
        "%s[%d/%d] %s left  %s, %s%s%s"
            .formatted(
                CLEAR_LINE + NO_WRAP,
                trial.index() + 1,
                plan.trials().size(),
                spoken(left),
                PlanText.kind(trial.kind()),
                PlanText.cellAndModels(trial),
                percent,
                WRAP));
    err.flush();
  }

  private void line(String text) {
    err.println((moving ? CLEAR_LINE : "") + text);
    err.flush();
  }
}
