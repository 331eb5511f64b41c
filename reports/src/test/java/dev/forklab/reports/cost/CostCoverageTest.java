package dev.forklab.reports.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.cost.KnownCosts.Truth;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether 95% intervals of the model of cost contain the truth in 95 of 100 runs, and how well it
/// predicts what it has not seen.
class CostCoverageTest {

  private static final int RUNS = 400;
  private static final long SEED = 20_261_129;
  private static final TaskShape SHAPE = new TaskShape(250_000, 128 << 10);

  /// How often an interval held the truth, by what it is of.
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"0.005, 0.01", "0.02, 0.02", "0.05, 0.03"})
  void intervalsContainTheTruth(double baselineError, double ownError) {
    int right = 0;
    int winners = 0;
    double errors = 0;
    for (int run = 0; run < RUNS; run++) {
      KnownCosts known = new KnownCosts(SEED + run, baselineError, ownError);
      CostModel cost = CostModel.of(known.data());
      known.models().forEach((model, truth) -> count(cost, model, truth));
      count(cost, known.models());
      right += cost.check().rightWinners();
      winners += cost.check().winners().size();
      errors += cost.check().medianError().orElseThrow();
    }
    String what = "baseline ±" + baselineError + ", own ±" + ownError + ", seed " + SEED + ": ";
    counts.forEach((name, count) -> {
      double share = (double) count[0] / count[1];
      System.out.printf(
          "%s%s contain the truth: %.1f%% of %d%n", what, name, 100 * share, count[1]);
      assertThat(share).as(what + name).isBetween(0.92, 0.995);
    });
    System.out.printf(
        "%serror of held-out cells %.1f%%, right winners %d of %d%n",
        what, 100 * errors / RUNS, right, winners);
    assertThat(errors / RUNS).as(what).isLessThan(CostCheck.AIM_ERROR);
    assertThat((double) right / winners).as(what).isGreaterThan(CostCheck.AIM_WINNERS);
  }

  private void count(CostModel cost, Model model, Truth truth) {
    TaskCost task = cost.costs(model).orElseThrow().task().orElseThrow();
    count("stretch", task.stretch(), truth.stretch());
    if (model.isolates()) { // Of what is nearly 0, intervals are cut at 0 and so rather too wide.
      count("each task", task.perTask(), truth.perTask());
      count("each byte", task.perByte(), truth.perByte());
    }
    Cell cell = new Cell(8, 8, (int) SHAPE.messageBytes(), (long) SHAPE.taskNanos());
    count("times", cost.taskNanos(model, SHAPE, 8), truth.nanos(cell));
  }

  private void count(CostModel cost, Map<Model, Truth> models) {
    Cell cell = new Cell(8, 8, (int) SHAPE.messageBytes(), (long) SHAPE.taskNanos());
    double ratio =
        Objects.requireNonNull(models.get(Model.THREADS)).nanos(cell)
            / Objects.requireNonNull(models.get(Model.FORK)).nanos(cell);
    count("ratios", cost.ratio(Model.FORK, Model.THREADS, SHAPE, 8), ratio);
  }

  private void count(String name, Prediction prediction, double truth) {
    if (prediction instanceof Known known) {
      count(name, known.low() <= truth && truth <= known.high());
    }
  }

  private void count(String name, StudentEstimate estimate, double truth) {
    count(name, Math.abs(estimate.value() - truth) <= estimate.halfWidth(0.05));
  }

  private void count(String name, boolean contains) {
    int[] count = counts.computeIfAbsent(name, _ -> new int[2]);
    count[0] += contains ? 1 : 0;
    count[1]++;
  }
}
