package dev.forklab.reports.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.cost.Explanation.Part;
import dev.forklab.results.Model;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static Explanation of(Model model) {
    return KnownCosts.exact().explanations().stream()
        .filter(it -> it.model() == model)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePartsOfATaskSumUpToTheTimeThatItsWorkerWasOccupied() {
    for (Model model : new Model[] {Model.FORK, Model.THREADS}) {
      Explanation it = of(model);
      assertThat(it.nanos().values().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(it.occupiedNanos(), within(1e-6));
    }
  }

  @Test
  void messagesAreCountedAtBothEndsAndTheRestIsWhatNobodyTimed() {
    Explanation fork = of(Model.FORK);
    assertThat(fork.occupiedNanos()).isEqualTo(1_120_000);
    assertThat(fork.nanos())
        .containsEntry(Part.WORK, 1_000_000.0)
        .containsEntry(Part.STRETCH, 40_000.0)
        .containsEntry(Part.ENCODE, 5_000.0)
        .containsEntry(Part.WRITE, 20_000.0)
        .containsEntry(Part.READ, 15_000.0)
        .containsEntry(Part.DECODE, 10_000.0)
        .containsEntry(Part.COLLECTIONS, 1_400.0)
        .containsEntry(Part.IDLE, 10_000.0);
    assertThat(fork.nanos().get(Part.REST)).isCloseTo(18_600, within(1e-6));
    assertThat(fork.extraNanos()).isEqualTo(120_000);
  }

  @Test
  void aModelWithinOneProcessHasNoMessagesToTime() {
    assertThat(of(Model.THREADS).nanos())
        .doesNotContainKeys(Part.ENCODE, Part.WRITE, Part.READ, Part.DECODE, Part.STRETCH)
        .containsEntry(Part.IDLE, 6_000.0)
        .containsEntry(Part.REST, 50_000.0);
  }
}
