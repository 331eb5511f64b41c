package dev.forklab.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Aspect;
import dev.forklab.reports.analysis.RunNumbers;
import dev.forklab.reports.analysis.SyntheticRun;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How often two runs are wrongly said to differ, and how often a change is found, by simulation:
/// two machines of other seeds each time, so nothing of one run is in the other.
class FalseChangeTest {

  private static final int PAIRS = 40;

  private static final Cell[] CELLS = {
    SyntheticRun.BASE,
    new Cell(1, 1, 4096, 1_000_000),
    new Cell(4, 2, 4096, 1_000_000),
    new Cell(2, 2, 1024, 1_000_000),
    new Cell(2, 2, 65536, 1_000_000),
    new Cell(2, 2, 4096, 100_000),
  };

  @Test
  void ofRunsWithoutAChangeAtMostOneComparisonInTwentyIsSaidToHaveChanged() {
    List<Change> changes = changes(2, 0.93, 0.93);
    assertThat(changes).hasSizeGreaterThan(PAIRS * CELLS.length);
    assertThat(changes.stream().filter(Change::changed).count())
        .as("of %d", changes.size())
        .isLessThanOrEqualTo(changes.size() / 20);
  }

  @Test
  void withFourLaunchesOfEachCellAsWell() {
    List<Change> changes = changes(4, 0.93, 0.93);
    assertThat(changes.stream().filter(Change::changed).count())
        .as("of %d", changes.size())
        .isLessThanOrEqualTo(changes.size() / 20);
  }

  @Test
  void aChangeOfEightPercentIsFoundOnItsRightSideAndOfItsRightSize() {
    List<Change> slower = fork(changes(2, 0.93, 0.93 * 0.92));
    assertThat(slower).noneMatch(change -> change.verdict() == Verdict.FASTER);
    assertThat(slower.stream().filter(change -> change.verdict() == Verdict.SLOWER).count())
        .as("of %d", slower.size())
        .isGreaterThan(slower.size() * 9L / 10);
    assertThat(slower.stream().filter(change -> contains(change, 0.92)).count())
        .as("of %d", slower.size())
        .isGreaterThan(slower.size() * 9L / 10);
    assertThat(fork(changes(2, 0.93 * 0.92, 0.93)))
        .noneMatch(change -> change.verdict() == Verdict.SLOWER);
  }

  @Test
  void aGateOfFivePercentStaysOpenForAChangeOfThreeAndShutsForOneOfTwelve() {
    assertThat(fork(changes(4, 0.93, 0.93 * 0.97)))
        .filteredOn(change -> change.worseThan(0.05))
        .hasSizeLessThanOrEqualTo(PAIRS * CELLS.length / 20);
    List<Change> large = fork(changes(4, 0.93, 0.93 * 0.88));
    assertThat(large.stream().filter(change -> change.worseThan(0.05)).count())
        .as("of %d", large.size())
        .isGreaterThan(large.size() * 9L / 10);
  }

  private static boolean contains(Change change, double truth) {
    return change.factor().low() <= truth && truth <= change.factor().high();
  }

  private static List<Change> fork(List<Change> changes) {
    return changes.stream()
        .filter(change -> change.subject().model() == Model.FORK)
        .filter(change -> change.subject().aspect() == Aspect.THROUGHPUT)
        .toList();
  }

  @Test
  void norOfLatencyCpuTimeMemoryAndStartUp() {
    List<Change> changes = new ArrayList<>();
    for (int pair = 0; pair < PAIRS / 2; pair++) {
      changes.addAll(Changes.of(whole(100 + 2L * pair), whole(101 + 2L * pair)).changes());
    }
    assertThat(changes).extracting(change -> change.subject().aspect()).contains(Aspect.values());
    assertThat(changes.stream().filter(Change::changed).count())
        .as("of %d", changes.size())
        .isLessThanOrEqualTo(changes.size() / 20);
  }

  private static RunNumbers whole(long seed) {
    SyntheticRun made = new SyntheticRun(seed).blocks(3);
    Run run = made.run();
    return RunNumbers.of("run " + seed, run, made.trials(run));
  }

  private static List<Change> changes(int blocks, double before, double after) {
    List<Change> changes = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      changes.addAll(
          Changes.of(run(blocks, 2L * pair, before), run(blocks, 2L * pair + 1, after)).changes());
    }
    return changes;
  }

  private static RunNumbers run(int blocks, long seed, double fork) {
    SyntheticRun made =
        new SyntheticRun(seed)
            .cells(CELLS)
            .blocks(blocks)
            .share(Model.FORK, fork)
            .without(Model.VIRTUAL);
    made.drift = 0.05;
    made.noise = 0.01;
    made.disturbed = 0.05;
    Run run = made.run();
    return RunNumbers.of(
        "run " + seed,
        run,
        run.plan().trials().stream()
            .filter(planned -> planned.kind() == TrialKind.THROUGHPUT)
            .map(made::trial)
            .toList());
  }
}
