package dev.forklab.reports.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.analysis.CostWords;
import dev.forklab.reports.cost.KnownCosts.Truth;
import dev.forklab.reports.cost.Prediction.Basis;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.Prediction.Refused;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CostModelTest {

  private static final TaskShape SHAPE = new TaskShape(400_000, 32 << 10);
  private static final CostModel EXACT = CostModel.of(KnownCosts.exact());

  @Test
  void whatIsMeasuredWithoutErrorIsFoundExactly() {
    new KnownCosts(1, 0, 0)
        .models()
        .forEach((model, truth) -> {
          TaskCost cost = Objects.requireNonNull(EXACT.fitting().get(model));
          assertThat(cost.stretch().value()).isCloseTo(truth.stretch(), within(1e-6));
          assertThat(cost.perTask().value()).isCloseTo(truth.perTask(), within(1.0));
          assertThat(cost.perByte().value()).isCloseTo(truth.perByte(), within(1e-4));
        });
  }

  @Test
  void aTaskBetweenCellsIsPredictedWithItsInterval() {
    double truth = 1.06 * 400_000 + 18_000 + 8 * (32 << 10);
    Known time = known(EXACT.taskNanos(Model.FORK, SHAPE, 8));
    assertThat(time.value()).isCloseTo(truth, within(1.0));
    assertThat(time.low()).isLessThan(truth);
    assertThat(time.high()).isGreaterThan(truth);
    assertThat(time.basis()).isEqualTo(Basis.WITHIN);
    assertThat(known(EXACT.throughput(Model.FORK, SHAPE, 8)).value())
        .isCloseTo(8e9 / truth, within(1.0));
    double threads = 1.05 * 400_000 + 1_500 + 0.01 * (32 << 10);
    assertThat(known(EXACT.ratio(Model.FORK, Model.THREADS, SHAPE, 8)).value())
        .isCloseTo(threads / truth, within(1e-4));
  }

  @Test
  void aRatioIsKnownBetterThanTheTwoTimesWhoseBaselineItDoesNotNeed() {
    CostModel cost = CostModel.of(new KnownCosts(7, 0.03, 0.003).data());
    Known time = known(cost.taskNanos(Model.FORK, SHAPE, 8));
    Known ratio = known(cost.ratio(Model.FORK, Model.THREADS, SHAPE, 8));
    assertThat(Math.log(ratio.high() / ratio.low()))
        .isLessThan(0.7 * Math.log(time.high() / time.low()));
  }

  @Test
  void fewerWorkersAreProjectedByWhatTheyTakeFromEachOther() {
    Known two = known(EXACT.taskNanos(Model.THREADS, SHAPE, 2));
    Known eight = known(EXACT.taskNanos(Model.THREADS, SHAPE, 8));
    assertThat(two.value() / eight.value()).isCloseTo(1.015 / 1.105, within(1e-3));
    assertThat(two.basis()).isEqualTo(Basis.PROJECTED);
    Scaling scaling = EXACT.costs(Model.THREADS).orElseThrow().scaling().orElseThrow();
    assertThat(scaling.contention().value()).isCloseTo(0.015, within(1e-4));
    assertThat(scaling.coherence().orElseThrow().value()).isCloseTo(0, within(1e-4));
  }

  @Test
  void aPoolWithTheOtherCodecGrowsWithWorkersAsTheOneThatWasMeasured() {
    assertThat(known(EXACT.memoryBytes(Model.FORK_BINARY, 3)).value())
        .isCloseTo(220.0 * (1 << 20), within(1e4));
    assertThat(known(EXACT.startUpNanos(Model.FORK_BINARY, 3)).value())
        .isCloseTo(270e6, within(1e5));
  }

  @Test
  void whatLiesTooFarFromTheCellsIsRefusedWithTheReason() {
    assertThat(reason(EXACT.taskNanos(Model.FORK, new TaskShape(10_000, 4096), 8)))
        .contains("10.0 µs", "shortest", "--task");
    assertThat(reason(EXACT.taskNanos(Model.FORK, new TaskShape(1e9, 4096), 8)))
        .contains("longest");
    assertThat(reason(EXACT.taskNanos(Model.FORK, new TaskShape(1e6, 64 << 20), 8)))
        .contains("64.0 MiB", "--sizes");
    assertThat(reason(EXACT.taskNanos(Model.FORK, SHAPE, 16))).contains("8 CPUs", "16 workers");
    assertThat(reason(EXACT.memoryBytes(Model.FORK, 16))).contains("8 CPUs");
    assertThat(reason(EXACT.taskNanos(Model.NODE, SHAPE, 8))).contains("was measured");
    assertThat(known(EXACT.taskNanos(Model.FORK, new TaskShape(50_000, 4096), 8)).basis())
        .isEqualTo(Basis.BEYOND);
  }

  @Test
  void cellsThatDoNotTellTheCostsApartAreTooFew() {
    List<Cell> oneSize =
        List.of(
            KnownCosts.BASE, new Cell(8, 8, 4 << 10, 100_000), new Cell(4, 4, 4 << 10, 1_000_000));
    CostModel cost = CostModel.of(new KnownCosts(1, 0.01, 0.01).cells(oneSize).data());
    assertThat(cost.fitting()).isEmpty();
    assertThat(reason(cost.taskNanos(Model.FORK, SHAPE, 8)))
        .contains("two task times", "two message sizes");
    assertThat(CostModel.of(new KnownCosts(1, 0.01, 0.01).cells(List.of()).data()).fitting())
        .isEmpty();
  }

  @Test
  void costsBelowZeroAreRefused() {
    CostModel cost =
        CostModel.of(
            new KnownCosts(3, 0.002, 0.002)
                .model(Model.FORK, new Truth(1.1, -60_000, 1, 0))
                .data());
    assertThat(reason(cost.taskNanos(Model.FORK, SHAPE, 8))).contains("negative", "a task");
    assertThat(cost.taskNanos(Model.THREADS, SHAPE, 8)).isInstanceOf(Known.class);
  }

  @Test
  void aCostThatIsNoneIsNotNegativeWhateverTheErrors() {
    for (int seed = 0; seed < 50; seed++) {
      TaskCost cost =
          CostModel.of(
                  new KnownCosts(seed, 0.01, 0.01)
                      .model(Model.THREADS, new Truth(1.05, 0, 0, 0))
                      .data())
              .costs(Model.THREADS)
              .orElseThrow()
              .task()
              .orElseThrow();
      assertThat(cost.perTask().value()).as("seed " + seed).isNotNegative();
      assertThat(cost.perByte().value()).as("seed " + seed).isNotNegative();
    }
  }

  @Test
  void aModelThatMissesItsOwnCellDoesNotFitAndNothingIsDerivedFromIt() {
    CostData exact = new KnownCosts(5, 0.002, 0.002).data();
    Map<Model, List<CostPoint>> tasks = new EnumMap<>(exact.tasks());
    List<CostPoint> bent = new ArrayList<>();
    for (CostPoint point : Objects.requireNonNull(tasks.get(Model.FORK))) {
      double off = point.cell().messageBytes() == 256 << 10 ? Math.log(1.8) : 0;
      StudentEstimate log = point.logTime();
      bent.add(
          new CostPoint(
              point.cell(),
              point.workNanos(),
              new StudentEstimate(log.value() + off, log.standardError(), 8, 2)));
    }
    tasks.put(Model.FORK, bent);
    CostModel cost =
        CostModel.of(
            new CostData(
                exact.base(),
                8,
                tasks,
                exact.logRatios(),
                exact.memory(),
                exact.startUp(),
                List.of()));
    assertThat(reason(cost.taskNanos(Model.FORK, SHAPE, 8))).contains("does not fit");
    assertThat(reason(cost.ratio(Model.THREADS, Model.FORK, SHAPE, 8))).contains("does not fit");
    assertThat(cost.check().heldOut()).noneMatch(held -> held.model() == Model.FORK);
    assertThat(new CostWords(cost).costs()).anyMatch(line -> line.contains("nothing is derived"));
  }

  @Test
  void nonsenseIsRefused() {
    StudentEstimate nan = new StudentEstimate(Double.NaN, 1, 1, 1);
    assertThatThrownBy(() -> new CostPoint(KnownCosts.BASE, 1e6, nan))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new CostPoint(KnownCosts.BASE, 0, new StudentEstimate(1, 1, 1, 1)))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new TaskShape(-1, 1)).hasMessageContaining("task time");
    assertThatThrownBy(() -> new TaskShape(1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("message");
  }

  static Known known(Prediction prediction) {
    assertThat(prediction).isInstanceOf(Known.class);
    return (Known) prediction;
  }

  static String reason(Prediction prediction) {
    assertThat(prediction).isInstanceOf(Refused.class);
    return ((Refused) prediction).reason();
  }
}
