package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.TaskCost;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whether the whole analysis finds the costs behind runs on a machine that drifts, jumps, disturbs
/// slices and launches unequally.
class CostRecoveryTest {

  private static final int RUNS = 25;
  private static final long SEED = 4_711;

  private static final Cell[] CELLS = {
    SyntheticRun.BASE,
    new Cell(1, 1, 4096, 1_000_000),
    new Cell(2, 2, 64 << 10, 1_000_000),
    new Cell(2, 2, 256 << 10, 1_000_000),
    new Cell(2, 2, 1 << 20, 1_000_000),
    new Cell(2, 2, 4096, 100_000),
    new Cell(2, 2, 4096, 300_000),
  };

  /// @param perTask nanoseconds
  /// @param perByte nanoseconds
  private record Costs(double stretch, double perTask, double perByte) {

    /// The share of ideal that a model with these costs reaches.
    double share(Cell cell) {
      double nanos = stretch * cell.taskNanos() + perTask + perByte * cell.messageBytes();
      return cell.taskNanos() / nanos;
    }
  }

  private static final Map<Model, Costs> TRUTH =
      new EnumMap<>(
          Map.of(
              Model.FORK, new Costs(1.06, 18_000, 5),
              Model.FORK_BINARY, new Costs(1.06, 12_000, 0.8),
              Model.THREADS, new Costs(1.04, 2_000, 0)));

  private final List<Boolean> contained = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private int winners;
  private int right;

  @Test
  void theCostsBehindARunAreFoundWithinTheirIntervals() {
    for (int run = 0; run < RUNS; run++) {
      CostModel cost = cost(SEED + run);
      TRUTH.forEach((model, truth) -> {
        TaskCost found = cost.costs(model).orElseThrow().task().orElseThrow();
        count(found.stretch(), truth.stretch());
        if (model.isolates()) {
          count(found.perTask(), truth.perTask());
          count(found.perByte(), truth.perByte());
        }
      });
      cost.check().medianError().ifPresent(errors::add);
      winners += cost.check().winners().size();
      right += cost.check().rightWinners();
    }
    double share = (double) contained.stream().filter(it -> it).count() / contained.size();
    double error = errors.stream().mapToDouble(it -> it).average().orElseThrow();
    System.out.printf(
        "seed %d: %.1f%% of %d intervals contain the truth; held-out cells off by %.1f%%; right"
            + " winners %d of %d%n",
        SEED, 100 * share, contained.size(), 100 * error, right, winners);
    assertThat(share).as("seed " + SEED).isBetween(0.9, 0.995);
    assertThat(error).as("seed " + SEED).isLessThan(0.1);
    assertThat((double) right / winners).as("seed " + SEED).isGreaterThan(0.95);
  }

  @Test
  void itsSentencesNameWhatATaskAndAByteCost() {
    assertThat(new CostWords(cost(SEED)).costs())
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(
                    "Forked processes (JSON): each task with its message and its reply costs")
                .contains("µs", "ns", "a byte", "times as long as alone"));
  }

  private static CostModel cost(long seed) {
    SyntheticRun synthetic = new SyntheticRun(seed).cells(CELLS).without(Model.VIRTUAL);
    TRUTH.forEach((model, costs) -> synthetic.share(model, costs::share));
    Run run = synthetic.run();
    return Analyzer.analyze(run, synthetic.trials(run)).cost().orElseThrow();
  }

  private void count(StudentEstimate found, double truth) {
    contained.add(Math.abs(found.value() - truth) <= found.halfWidth(0.05));
  }
}
