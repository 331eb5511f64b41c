package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpendingTest {

  private static final double QUIET = 0.0005;
  private static final double NOISY = 0.02;

  @Test
  void aPlanThatKeepsNothingInReserveChoosesNothing() {
    SpendingRun fixed = SpendingRun.fixed(machine(NOISY));

    assertThat(fixed.chosen()).isEmpty();
    assertThat(fixed.trials()).hasSize(fixed.run().plan().trials().size());
  }

  @Test
  void plannedTrialsComeFirst() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    int planned = whole.run().plan().trials().size();

    assertThat(Spending.next(whole.run(), List.of())).isEmpty();
    assertThat(Spending.next(whole.run(), whole.trials().subList(0, planned - 1))).isEmpty();
    assertThat(Spending.next(whole.run(), whole.trials().subList(0, planned)))
        .hasValueSatisfying(next -> {
          assertThat(next.index()).isEqualTo(planned);
          assertThat(next.cell()).isEqualTo(SpendingRun.BASE);
          assertThat(next.models()).isEqualTo(machine(NOISY).models());
        });
  }

  @Test
  void timeGoesWhereTheAnswerIsUntilItIsSpent() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    long spent = whole.trials().stream().mapToLong(Trial::durationNanos).sum();

    assertThat(whole.chosen()).hasSizeGreaterThan(3).startsWith(SpendingRun.BASE, SpendingRun.BASE);
    assertThat(spent)
        .isBetween(SpendingRun.WHOLE.timeNanos() * 9 / 10, SpendingRun.WHOLE.timeNanos());
  }

  /// Where the base is narrow after the planned launches, the other cells have their second launch,
  /// as in a fixed plan; where all are narrow, the run ends early.
  @Test
  void whatIsNarrowIsNotLaunchedAgain() {
    SyntheticRun quiet = machine(QUIET).without(Model.FORK).without(Model.FORK_BINARY);
    quiet.disturbed = 0;
    quiet.drift = 0.01;
    SpendingRun whole = SpendingRun.spending(quiet);

    assertThat(whole.chosen()).doesNotContain(SpendingRun.BASE);
    assertThat(whole.chosen()).doesNotHaveDuplicates();
  }

  /// The heart of the rule: models of other speeds, but the same noise, change no choice.
  @Test
  void theChoiceDoesNotDependOnHowModelsCompare() {
    for (double noise : new double[] {0.002, 0.005, 0.02}) {
      for (long seed = 0; seed < 5; seed++) {
        List<Cell> equal =
            SpendingRun.spending(SpendingRun.machine(seed, 1, noise, noise)).chosen();
        for (double share : new double[] {0.95, 1.05, 0.5}) {
          assertThat(SpendingRun.spending(SpendingRun.machine(seed, share, noise, noise)).chosen())
              .as("seed %d, noise %s, share %s", seed, noise, share)
              .isEqualTo(equal);
        }
      }
    }
  }

  /// Interrupted anywhere, even in the middle of what it chose.
  @Test
  void aRunThatIsResumedGoesOnAsItWouldHave() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    int planned = whole.run().plan().trials().size();
    for (int kept = planned; kept < whole.trials().size(); kept++) {
      List<Trial> before = new ArrayList<>(whole.trials().subList(0, kept));
      PlannedTrial next = whole.trials().get(kept).planned();
      assertThat(Spending.next(whole.run(), before)).contains(next);
      Collections.reverse(before); // As if trials that failed had been measured again, last.
      assertThat(Spending.next(whole.run(), before)).contains(next);
    }
    assertThat(Spending.next(whole.run(), whole.trials())).isEmpty();
  }

  @Test
  void aCellWhoseChosenTrialFailedIsNotChosenAgain() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    int planned = whole.run().plan().trials().size();
    List<Trial> trials = new ArrayList<>(whole.trials().subList(0, planned));
    trials.add(SpendingRun.failed(whole.trials().get(planned)));

    Optional<PlannedTrial> next = Spending.next(whole.run(), trials);

    assertThat(next.map(PlannedTrial::cell))
        .isPresent()
        .isNotEqualTo(Optional.of(SpendingRun.BASE));
    assertThat(next.map(PlannedTrial::index)).contains(planned + 1);
  }

  @Test
  void noTrialBeginsThatWouldNotEndInTime() {
    SyntheticRun made = machine(NOISY);
    Run run = SpendingRun.run(made, List.of(), new Reserve(1));
    List<Trial> trials =
        run.plan().trials().stream().map(made::trial).map(SpendingRun::timed).toList();

    assertThat(Spending.next(run, trials)).isEmpty();
  }

  /// A run that calibrated for long chooses fewer trials: it ends in the same time.
  @Test
  void whatCameBeforeTheFirstTrialIsSpentToo() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    List<Trial> chosen = whole.trials();
    List<Trial> before = chosen.subList(0, chosen.size() - 1);
    long first = before.getFirst().startedEpochMillis();
    long spent = before.stream().mapToLong(Trial::durationNanos).sum();
    long left = Duration.ofNanos(SpendingRun.WHOLE.timeNanos() - spent).toMillis();

    assertThat(Spending.next(begun(whole.run(), first), before)).isPresent();
    assertThat(Spending.next(begun(whole.run(), first - left), before)).isEmpty();
    assertThat(Spending.preparation(begun(whole.run(), first - left), before, 0))
        .isEqualTo(Duration.ofMillis(left));
  }

  private static Run begun(Run run, long epochMillis) {
    return new Run(
        run.schema(),
        run.labVersion(),
        epochMillis,
        run.command(),
        run.plan(),
        run.host(),
        run.calibrations());
  }

  @Test
  void theReportSaysWhereTheTimeWent() {
    SpendingRun whole = SpendingRun.spending(machine(NOISY));
    Analysis analysis = whole.analysis();

    assertThat(analysis.trialsDue()).isEqualTo(analysis.trialsDone());
    assertThat(analysis.answer().lines())
        .anyMatch(line ->
            line.contains(
                "judged by their widths alone: "
                    + count(whole, SpendingRun.BASE)
                    + " at the base"));
  }

  private static long count(SpendingRun run, Cell cell) {
    return run.chosen().stream().filter(cell::equals).count();
  }

  private static SyntheticRun machine(double noise) {
    SyntheticRun made = SpendingRun.machine(7, 0.95, noise, noise);
    return made.share(Model.VIRTUAL, 0.97);
  }
}
