package dev.forklab.reports.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.CostWords;
import dev.forklab.reports.cost.KnownCosts.Truth;
import dev.forklab.reports.cost.Prediction.Known;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.results.Model;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RegimeMapTest {

  private static final CostModel COST = CostModel.of(new KnownCosts(11, 0.001, 0.001).data());
  private static final RegimeMap MAP = RegimeMap.of(COST).orElseThrow();

  private static Spot spot(double nanos, double bytes) {
    return MAP.spots().stream()
        .filter(spot -> spot.shape().equals(new TaskShape(nanos, bytes)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void cellsThatWereMeasuredAreMarkedApartFromThoseThatWerePredicted() {
    assertThat(MAP.spots()).filteredOn(Spot::measured).hasSize(6);
    assertThat(spot(1e6, 4 << 10).measured()).isTrue();
    assertThat(spot(1e5, 1 << 20).measured()).isFalse();
    assertThat(MAP.taskNanos()).isSorted().contains(1e5, 3e5, 1e6, 1e7);
    assertThat(MAP.messageBytes()).isSorted().contains(1024.0, 4096.0, 1048576.0);
  }

  @Test
  void theFastestIsNamedWithThoseThatCannotBeToldFromIt() {
    Spot short64 = spot(1e5, 64 << 10);
    assertThat(short64.best()).containsExactlyInAnyOrder(Model.THREADS, Model.VIRTUAL);
    assertThat(short64.lead().orElseThrow().of()).isEqualTo(Model.FORK_BINARY);
    double threads = 1.05e5 + 1_200 + 0.01 * (64 << 10);
    double binary = 1.055e5 + 12_000 + 0.9 * (64 << 10);
    assertThat(short64.lead().orElseThrow().ratio().value())
        .isCloseTo(binary / threads, Percentage.withPercentage(1));
    assertThat(short64.isolationExpensive()).isTrue();
  }

  @Test
  void longTasksMakeNoDifferenceAndIsolationIsNearlyFree() {
    Spot easy = spot(1e7, 4 << 10);
    assertThat(easy.lead()).isEmpty();
    assertThat(easy.best()).hasSize(4);
    assertThat(easy.isolationNearlyFree()).isTrue();
  }

  @Test
  void crossoversAreWhereTheModelsSayThatTheyAre() {
    Truth fork = new Truth(1.055, 12_000, 0.9, 0);
    Truth threads = new Truth(1.05, 1_500, 0.01, 0);
    double bytes = 64 << 10;
    double extra =
        0.9 * (fork.perTask() + fork.perByte() * bytes)
            - (threads.perTask() + threads.perByte() * bytes);
    double expected = extra / (threads.stretch() - 0.9 * fork.stretch());
    Known found =
        CostModelTest.known(
            COST.crossover(Model.FORK_BINARY, Model.THREADS, 0.9, bytes).taskNanos());
    assertThat(found.value()).isCloseTo(expected, Percentage.withPercentage(3));
    assertThat(found.low()).isLessThan(found.value());
    assertThat(found.high()).isGreaterThan(found.value());
  }

  @Test
  void crossoversInWordsNameTheTaskTimeAndTheSize() {
    List<String> lines = new CostWords(COST).crossovers(List.of(65536.0));
    assertThat(lines)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(
                    "With 64 KiB messages, forked processes (bytes) cost more than 10% below")
                .contains("µs a task (", "less than 5% from", "against"));
  }

  @Test
  void withoutTwoModelsThatFitThereIsNoMap() {
    assertThat(RegimeMap.of(CostModel.of(new KnownCosts(1, 0, 0).cells(List.of()).data())))
        .isEmpty();
  }
}
