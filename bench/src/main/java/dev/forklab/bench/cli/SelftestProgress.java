package dev.forklab.bench.cli;

import dev.forklab.bench.plan.Notation;
import dev.forklab.bench.run.Eta;
import dev.forklab.bench.run.RunListener;
import dev.forklab.bench.selftest.Check;
import dev.forklab.bench.selftest.SelftestListener;
import dev.forklab.bench.selftest.SelftestText;
import dev.forklab.bench.selftest.Step;
import dev.forklab.results.Plan;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows how a selftest goes on: each step with what is left, its trials, its judgments. All calls
/// come from one thread.
final class SelftestProgress implements SelftestListener {

  private final PrintWriter err;
  private final boolean moving;
  private @Nullable Progress current;

  SelftestProgress(PrintWriter err, boolean moving) {
    this.err = err;
    this.moving = moving;
  }

  @Override
  public void begins(Step step, Duration left) {
    err.printf("%s (%s left in all)%n", step.id(), Notation.spoken(left));
    err.flush();
  }

  @Override
  public RunListener measuring(Plan plan, Set<Integer> done) {
    Progress progress = new Progress(err, plan, new Eta(plan, done), moving);
    current = progress;
    return progress;
  }

  @Override
  public void measured() {
    if (current != null) {
      current.done();
    }
  }

  @Override
  public void judged(Check check) {
    err.print(SelftestText.line(check));
    err.flush();
  }
}
