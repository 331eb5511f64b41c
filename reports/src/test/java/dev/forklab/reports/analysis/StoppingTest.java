package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.Warning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingTest {

  private static final double WIDE = 0.5;
  private static final double TOO_NARROW = 0.000_01;
  private static final int BLOCKS = 6;

  private final SyntheticRun made = new SyntheticRun(3).blocks(BLOCKS);

  @Test
  void aRunWithoutAGoalEndsWithItsPlan() {
    Run run = made.run();

    Stopping stopping = Stopping.after(run, made.trials(run));

    assertThat(stopping).isInstanceOf(Stopping.NoGoal.class);
    assertThat(stopping.due(run.plan())).isEqualTo(run.plan().trials().size());
  }

  @Test
  void aRunDoesNotEndBeforeFourBlocksAreWhole() {
    Run run = run(WIDE, Long.MAX_VALUE);

    assertThat(Stopping.after(run, blocks(run, 3))).isEqualTo(new Stopping.GoesOn(3));
    assertThat(Stopping.after(run, List.of())).isEqualTo(new Stopping.GoesOn(0));
    assertThat(Stopping.after(run, blocks(run, 4)))
        .isInstanceOfSatisfying(
            Stopping.Reached.class,
            reached -> {
              assertThat(reached.blocks()).isEqualTo(4);
              assertThat(reached.halfWidth()).isLessThan(WIDE);
            });
  }

  /// Half a block more than was looked at last does not count.
  @Test
  void onlyWholeBlocksAreLookedAt() {
    Run run = run(WIDE, Long.MAX_VALUE);
    List<Trial> four = blocks(run, 4);

    assertThat(Stopping.after(run, four.subList(0, four.size() - 1)))
        .isEqualTo(new Stopping.GoesOn(3));
    List<Trial> more = new ArrayList<>(four);
    more.add(blocks(run, 5).get(four.size()));
    assertThat(Stopping.after(run, more)).isEqualTo(Stopping.after(run, four));
  }

  @Test
  void aRunEndsWhenNoBlockFitsIntoItsTime() {
    Run unlimited = run(TOO_NARROW, Long.MAX_VALUE);
    long two = blocks(unlimited, 2).stream().mapToLong(Trial::durationNanos).sum();
    Run run = run(TOO_NARROW, two + 1);

    Stopping stopping = Stopping.after(run, blocks(run, 2));

    assertThat(stopping).isInstanceOf(Stopping.TimeSpent.class);
    assertThat(stopping.due(run.plan())).isEqualTo(blocks(run, 2).size());
    assertThat(Stopping.after(run, blocks(run, 1))).isEqualTo(new Stopping.GoesOn(1));
  }

  @Test
  void theLastBlockEndsTheRun() {
    Run run = run(TOO_NARROW, Long.MAX_VALUE);

    assertThat(Stopping.after(run, made.trials(run))).isInstanceOf(Stopping.TimeSpent.class);
  }

  /// A run that ended as it was asked to lacks nothing, and says what ended it.
  @Test
  void theReportSaysWhatEndedTheRun() {
    Run run = run(WIDE, Long.MAX_VALUE);

    Analysis analysis = Analyzer.analyze(run, blocks(run, 4));

    assertThat(analysis.answer().lines())
        .anyMatch(line ->
            line.startsWith("Ended after 4 blocks because the precision asked for was reached"));
    assertThat(analysis.warnings())
        .noneMatch(placed -> placed.warning().kind() == Warning.Kind.INCOMPLETE);
    assertThat(analysis.trialsDue()).isEqualTo(analysis.trialsDone());
  }

  private Run run(double precision, long nanos) {
    Run run = made.run();
    Plan plan = run.plan();
    return new Run(
        run.schema(),
        run.labVersion(),
        run.startedEpochMillis(),
        run.command(),
        new Plan(
            plan.seed(),
            plan.workload(),
            plan.blocks(),
            plan.cells(),
            plan.models(),
            plan.budget(),
            plan.heapBytes(),
            plan.collector(),
            plan.trials(),
            List.of(),
            new Goal(precision, nanos)),
        run.host(),
        run.calibrations());
  }

  private List<Trial> blocks(Run run, int count) {
    return new SyntheticRun(3)
        .blocks(BLOCKS).trials(run).stream()
            .filter(trial -> trial.planned().block() < count)
            .toList();
  }
}
