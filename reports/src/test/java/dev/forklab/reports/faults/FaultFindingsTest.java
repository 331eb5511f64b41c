package dev.forklab.reports.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.reports.faults.FaultCell.Fate;
import dev.forklab.results.Fault;
import dev.forklab.results.FaultTrial.Counts;
import dev.forklab.results.Model;
import dev.forklab.results.Way;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What known trials come to.
class FaultFindingsTest {

  private static FaultCell cell(MadeFaults made, Fault fault, Model model) {
    return made.findings().cell(fault, model, Way.PRODUCTION).orElseThrow();
  }

  @Test
  void whatSurvivesAndLeavesNothingHeals() {
    FaultCell cell =
        cell(
            new MadeFaults().survived(Fault.EXIT, Model.FORK, Way.PRODUCTION, 1),
            Fault.EXIT,
            Model.FORK);
    assertThat(cell.fate()).isEqualTo(Fate.SURVIVED);
    assertThat(cell.heals()).isTrue();
    assertThat(FaultWords.entry(cell)).isEqualTo("survives; 1 task missed; well after 200 ms");
    assertThat(FaultWords.person(cell)).isEqualTo("nothing");
  }

  @Test
  void aCpuThatStaysBusyNeedsAPerson() {
    FaultCell cell =
        cell(
            new MadeFaults().stuck(Fault.LOOP, Model.THREADS, Way.PRODUCTION),
            Fault.LOOP,
            Model.THREADS);
    assertThat(cell.heals()).isFalse();
    assertThat(FaultWords.entry(cell))
        .isEqualTo("survives; 400 tasks missed; not well again; left: 1.0 CPUs busy for nobody");
    assertThat(FaultWords.person(cell)).isEqualTo("restart it");
  }

  @Test
  void oneDeathOfManyTrialsIsTheFateOfAll() {
    MadeFaults made =
        new MadeFaults()
            .survived(Fault.OOM, Model.THREADS, Way.PRODUCTION, 2)
            .died(Fault.OOM, Model.THREADS, Way.PRODUCTION);
    FaultCell cell = cell(made, Fault.OOM, Model.THREADS);
    assertThat(cell.fate()).isEqualTo(Fate.RESTARTED);
    assertThat(FaultWords.missed(cell)).isEqualTo("151 (2 to 300) tasks missed");
    assertThat(FaultWords.recovery(cell)).isEqualTo("well after 550 ms (200 ms to 900 ms)");
  }

  @Test
  void wrongRepliesThatGoOnAreCalledSo() {
    FaultCell cell =
        cell(
            new MadeFaults().wrong(Fault.STATIC, Model.THREADS, Way.PRODUCTION),
            Fault.STATIC,
            Model.THREADS);
    assertThat(FaultWords.missed(cell)).isEqualTo("500 tasks missed, 500 of them answered wrong");
    assertThat(FaultWords.remains(cell)).isEqualTo("wrong replies");
  }

  @Test
  void aTrialWithoutAResultIsNoSurvival() {
    FaultFindings findings =
        new MadeFaults().failed(Fault.SEGV, Model.FORK, Way.PRODUCTION).findings();
    assertThat(findings.cells()).isEmpty();
    assertThat(findings.failures()).hasSize(1);
    assertThat(FaultAnswer.of(findings).headline()).isEqualTo("Nothing was measured");
    assertThat(FaultAnswer.of(findings).lines()).contains("1 trial has no result: see below.");
  }

  @Test
  void theHeadlineCountsWhatHealsInProduction() {
    assertThat(FaultAnswer.of(MadeFaults.usual()).headline())
        .isEqualTo(
            "Of the faults tried in production settings, nobody has to do anything after 3 of 3 with"
                + " forked processes (JSON), 2 of 3 with platform threads");
  }

  @Test
  void aControlSaysWhatTheWatcherFindsInNothing() {
    MadeFaults made =
        new MadeFaults()
            .untouched(Fault.NONE, Model.FORK, Way.PRODUCTION)
            .untouched(Fault.NONE, Model.FORK, Way.PRODUCTION);
    assertThat(FaultAnswer.of(made.findings()).lines())
        .containsExactly(
            "Control: in 2 trials in which nothing went wrong, 0 of 2,000 tasks were missed, and 0"
                + " trials dipped.");
  }

  @Test
  void aModelHasOneLineByWhatAPersonHasToDo() {
    MadeFaults made =
        new MadeFaults()
            .stuck(Fault.LOOP, Model.THREADS, Way.PRODUCTION)
            .wrong(Fault.STATIC, Model.THREADS, Way.PRODUCTION)
            .stuck(Fault.DEADLOCK, Model.THREADS, Way.PRODUCTION);
    assertThat(FaultAnswer.of(made.findings()).lines())
        .containsExactly(
            "Platform threads need a person after loop and deadlock (restart it); static (restart"
                + " it, and find the wrong replies).");
  }

  @Test
  void whatWasNotTriedIsNamedWithTheTimeThatTriesIt() {
    MadeFaults made = new MadeFaults();
    for (int seen = 0; seen < 14; seen++) { // 4 s each
      made.untouched(Fault.EXIT, Model.THREADS, Way.PRODUCTION);
    }
    made.untouched(Fault.LOOP, Model.THREADS, Way.PRODUCTION);
    Stream.of(Fault.values())
        .filter(fault -> fault != Fault.NONE)
        .forEach(fault -> made.untouched(fault, Model.FORK, Way.PRODUCTION));

    FaultFindings cut = FaultFindings.of(made.run(), made.trials().subList(0, 15));

    assertThat(FaultAnswer.of(cut).lines())
        .contains(
            "20 combinations were not tried: the run's time was spent; lab faults --resume with"
                + " --time 3m tries the rest.");
  }

  @Test
  void countsThatDoNotAddUpAreRefused() {
    assertThatThrownBy(() -> new Counts(10, 5, 1, 1, 1, 1))
        .hasMessage(
            "expected 10 tasks to add up, found 5 right, 1 wrong, 1 failed, 1 lost, 1 late");
  }
}
