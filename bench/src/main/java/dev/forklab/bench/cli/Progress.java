package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.Eta;
import dev.forklab.bench.run.RunListener;
import dev.forklab.reports.analysis.MainRatio;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Shows how a run goes on: on a terminal a bar with the time that is left and the ratio that the
/// run is mostly about, above the trial in hand; in a log one line a trial.
///
/// Our own and not a library's (such as me.tongfei:progressbar): those count steps of one length,
/// and what is left here is told from what each kind of trial takes ([Eta]).
final class Progress implements RunListener {

  private static final long REDRAW_NANOS = 200_000_000L;
  private static final int BAR_COLUMNS = 20;

  private final PrintWriter err;
  private final Plan plan;
  private final Eta eta;
  private final boolean moving;
  private final LongSupplier nanoTime;
  private final MovingLines lines;

  /// Throughput trials so far, for [#ratio].
  private final List<Trial> throughput = new ArrayList<>();

  private String ratio = "";
  private long spentNanos;
  private long lastDrawn;
  private long startedNanos;
  private long begunNanos;

  /// What the trial in hand took before it was started anew: no other trial takes that.
  private long lostNanos;

  Progress(PrintWriter err, Plan plan, Eta eta, boolean moving) {
    this(err, plan, eta, moving, System::nanoTime);
  }

  Progress(PrintWriter err, Plan plan, Eta eta, boolean moving, LongSupplier nanoTime) {
    this.err = err;
    this.plan = plan;
    this.eta = eta;
    this.moving = moving;
    this.nanoTime = nanoTime;
    this.lines = new MovingLines(err);
  }

  /// What an earlier session has measured.
  synchronized void resume(List<Trial> trials) {
    trials.forEach(this::take);
  }

  @Override
  public synchronized void preparing() {
    line("preparing forked workers …");
  }

  @Override
  public synchronized void unprepared(String reason) {
    line("JVMs start without an archive and take longer to warm up: " + reason);
  }

  @Override
  public synchronized void prepared(Duration took) {
    eta.spent(took);
  }

  @Override
  public synchronized void started(PlannedTrial trial) {
    startedNanos = nanoTime.getAsLong();
    begunNanos = startedNanos;
    lostNanos = 0;
    if (moving) {
      draw(trial, eta.remaining(trial, 0, Duration.ZERO), "");
    }
  }

  @Override
  public synchronized void startedAnew(PlannedTrial trial, String reason) {
    lostNanos = nanoTime.getAsLong() - begunNanos;
    line(
        "trial %d is started anew (%s): %s"
            .formatted(trial.index() + 1, PlanText.cellAndModels(trial), reason));
  }

  @Override
  public synchronized void progress(PlannedTrial trial, int slicesDone, int slices) {
    long now = nanoTime.getAsLong();
    if (slicesDone <= 1) {
      startedNanos = now; // Its launch and its warm-up lie behind it.
    }
    if (moving && now - lastDrawn > REDRAW_NANOS) {
      lastDrawn = now;
      Duration elapsed = Duration.ofNanos(now - startedNanos);
      draw(
          trial,
          eta.remaining(trial, Math.min(1, (double) slicesDone / slices), elapsed),
          ", %d%%".formatted(100 * slicesDone / slices));
    }
  }

  @Override
  public synchronized void finished(Trial trial) {
    take(trial);
    PlannedTrial planned = trial.planned();
    String failure = trial.failure();
    if (failure != null) {
      line(
          "trial %d failed (%s): %s"
              .formatted(
                  planned.index() + 1,
                  PlanText.cellAndModels(planned),
                  failure.lines().findFirst().orElse("")));
      return;
    }
    eta.finished(planned, Duration.ofNanos(trial.durationNanos() - lostNanos));
    if (!moving) {
      line(
          "[%d/%s] %s, %s: %s, %s left%s"
              .formatted(
                  planned.index() + 1,
                  total(planned),
                  PlanText.kind(planned.kind()),
                  PlanText.cellAndModels(planned),
                  Notation.spoken(Duration.ofNanos(trial.durationNanos())),
                  spoken(eta.remaining(planned.index() + 1)),
                  ratio.isEmpty() ? "" : "; " + ratio));
    }
  }

  private void take(Trial trial) {
    eta.spent(Duration.ofNanos(trial.durationNanos()));
    spentNanos += trial.durationNanos();
    if (trial.planned().kind() == TrialKind.THROUGHPUT) {
      throughput.add(trial);
      ratio = MainRatio.of(plan, throughput).map(MainRatio::words).orElse("");
    }
  }

  /// A run that may end before its last block says so.
  private String spoken(Duration left) {
    return (plan.goal() != null ? "at most " : "") + Notation.spoken(left);
  }

  /// "23", or "~28" of a run that chooses some.
  private String total(PlannedTrial trial) {
    return (plan.reserve() == null ? "" : "~") + eta.trials(trial.index());
  }

  /// Ends the moving lines.
  synchronized void done() {
    if (moving) {
      lines.clear();
    }
  }

  private void draw(PlannedTrial trial, Duration left, String percent) {
    double spent = spentNanos + (double) (nanoTime.getAsLong() - begunNanos);
    double share = Math.clamp(spent / (spent + left.toNanos()), 0, 1);
    lines.draw(
        List.of(
            "%s %3d%%  %s left%s"
                .formatted(
                    bar(share),
                    (int) (100 * share),
                    spoken(left),
                    ratio.isEmpty() ? "" : "   " + ratio),
            "%s, %s (trial %d of %s%s)"
                .formatted(
                    PlanText.doing(trial.kind()),
                    PlanText.cellAndModels(trial),
                    trial.index() + 1,
                    total(trial),
                    percent)));
  }

  private static String bar(double share) {
    int full = (int) Math.round(share * BAR_COLUMNS);
    return "[" + "#".repeat(full) + "-".repeat(BAR_COLUMNS - full) + "]";
  }

  private void line(String text) {
    if (moving) {
      lines.clear();
    }
    err.println(text);
    err.flush();
  }
}
