package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.instrument.SpinnerProcess;
import dev.forklab.reports.stats.Quantiles;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Calibrations repeated: on a machine that keeps its speed they find the same count, and nearly
/// the same while a neighbor wants every CPU.
final class CalibrationStep {

  static final Duration ESTIMATE = Duration.ofSeconds(150);

  private static final int REPETITIONS = 10;
  private static final int BESIDE_NEIGHBOUR = 3;
  private static final double QUIET = 0.03;
  private static final double BUSY = 0.1;
  private static final long FOREVER_MILLIS = 600_000;

  private CalibrationStep() {}

  static Plan plan(Trials trials, Cell cell) {
    return trials.of(
        trials.usual().workload(),
        TrialKind.THROUGHPUT,
        List.of(cell),
        List.of(Model.INLINE),
        Trials.budget(20, 1000, 1000));
  }

  /// @param anew calibrates, whatever is known
  static List<Check> run(Trials trials, Cell cell, Workbench.Work anew) throws IOException {
    Plan plan = plan(trials, cell);
    List<Integer> quiet = counts(plan, anew, REPETITIONS);
    double middle = Quantiles.median(quiet.stream().mapToDouble(count -> count).toArray());
    List<Integer> busy;
    try (SpinnerProcess neighbor = SpinnerProcess.start(cell.cpus())) {
      neighbor.burn(FOREVER_MILLIS);
      busy = counts(plan, anew, BESIDE_NEIGHBOUR);
    }
    return List.of(
        judge("calibrations, one after the other", quiet, middle, QUIET),
        judge("calibrations beside a busy neighbor", busy, middle, BUSY));
  }

  private static List<Integer> counts(Plan plan, Workbench.Work anew, int times) {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      anew.calibrations(plan).stream().map(Calibration::iterations).forEach(counts::add);
    }
    return counts;
  }

  static Check judge(String claim, List<Integer> counts, double middle, double tolerance) {
    double worst =
        counts.stream().mapToDouble(count -> Math.abs(count / middle - 1)).max().orElse(1);
    return Check.of(
        Step.CALIBRATION,
        claim,
        ComparisonText.format("%.0f ± %.0f%% iterations", middle, 100 * tolerance),
        ComparisonText.format("at most %.1f%% off: ", 100 * worst)
            + counts.stream().map(String::valueOf).collect(Collectors.joining(" ")),
        worst <= tolerance,
        Map.of("worst", worst));
  }
}
