package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.Warning.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTimesTest {

  private static final Cell OTHER = new Cell(4, 2, 4096, 1_000_000);
  private static final Cell LARGE = new Cell(2, 2, 65536, 1_000_000);

  /// Calibration promised 1 ms; `inline` took 0.72 ms.
  private final SyntheticRun made =
      new SyntheticRun(1).cells(SyntheticRun.BASE, OTHER, LARGE).share(Model.INLINE, 1 / 0.72);

  private final Run run = made.run();
  private final List<Trial> trials = made.trials(run);

  @Test
  void aTaskIsNamedByWhatItTookInlineInItsOwnCell() {
    Analysis analysis = Analyzer.analyze(run, trials);
    assertThat(analysis.taskTimes().reachedNanos(SyntheticRun.BASE).orElseThrow())
        .isBetween(0.6e6, 0.86e6);
    assertThat(analysis.answer().headline())
        .containsPattern("for 0\\.[678]\\d* ms tasks \\(asked for: 1 ms\\) with 4 KiB messages")
        .doesNotContain("for 1 ms");
    assertThat(analysis.warnings())
        .filteredOn(placed -> placed.warning().kind() == Kind.OVERSUBSCRIBED)
        .singleElement()
        .satisfies(placed -> assertThat(placed.where()).containsPattern(" 0\\.[678]\\d* ms tasks"));
  }

  @Test
  void aCellWithoutInlineTakesTheTimeOfItsLikes() {
    List<Trial> some =
        trials.stream().filter(trial -> !trial.planned().cell().equals(OTHER)).toList();
    TaskTimes times = Analyzer.analyze(run, some).taskTimes();
    assertThat(times.reachedNanos(OTHER)).isEqualTo(times.reachedNanos(SyntheticRun.BASE));
  }

  @Test
  void beforeATrialCalibrationCountsAndWithoutOneOnlyTheWishIsKnown() {
    Calibration slow = new Calibration("seal", 4096, 1_000_000, 1485, 720_000, 0.01);
    TaskTimes times =
        EarlyTaskTimes.of(
            new Run(1, "0.1.0", 0, "lab bench", run.plan(), run.host(), List.of(slow)));
    assertThat(times.name(List.of(OTHER), " tasks")).isEqualTo("0.72 ms tasks (asked for: 1 ms)");
    assertThat(times.name(List.of(LARGE), " tasks")).isEqualTo("1 ms tasks (asked for)");
  }

  @Test
  void withinThreePercentTheTimeAskedForIsItsName() {
    assertThat(named(1_030_000)).isEqualTo("1 ms tasks");
    assertThat(named(970_000)).isEqualTo("1 ms tasks");
    assertThat(named(1_031_000)).isEqualTo("1.03 ms tasks (asked for: 1 ms)");
    assertThat(named(352_000)).isEqualTo("0.352 ms tasks (asked for: 1 ms)");
  }

  @Test
  void cellsThatDifferAreNamedByTheirRange() {
    TaskTimes times = new TaskTimes(Map.of(SyntheticRun.BASE, 720_000.0, OTHER, 1_010_000.0));
    assertThat(times.name(List.of(SyntheticRun.BASE, OTHER), ""))
        .isEqualTo("0.72 to 1.01 ms (asked for: 1 ms)");
  }

  private static String named(double nanos) {
    return new TaskTimes(Map.of(LARGE, nanos)).name(List.of(LARGE), " tasks");
  }
}
