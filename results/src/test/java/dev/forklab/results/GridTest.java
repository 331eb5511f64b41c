package dev.forklab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Grid.Factor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GridTest {

  private static final long MS = 1_000_000;

  private static Cell cell(int workers, int messageBytes) {
    return new Cell(workers, Math.min(workers, 2), messageBytes, MS);
  }

  @Test
  void theBaseConfigurationHasWhatMostCellsShareOnAllCpus() {
    Grid grid =
        new Grid(
            List.of(cell(1, 4096), cell(2, 4096), cell(8, 4096), cell(2, 65536), cell(2, 1 << 20)));
    assertThat(grid.base()).hasValue(cell(2, 4096));
    assertThat(grid.along(Factor.WORKERS))
        .containsExactly(cell(1, 4096), cell(2, 4096), cell(8, 4096));
    assertThat(grid.along(Factor.MESSAGES))
        .containsExactly(cell(2, 4096), cell(2, 65536), cell(2, 1 << 20));
    assertThat(grid.along(Factor.TASKS)).containsExactly(cell(2, 4096));
  }

  @Test
  void amongEqualsTheFirstOfThePlanIsTheBaseOfEveryLine() {
    Grid grid = new Grid(List.of(cell(1, 65536), cell(1, 4096)));
    assertThat(grid.base()).hasValue(cell(1, 65536));
    for (Factor factor : Factor.values()) {
      assertThat(grid.along(factor)).as("%s", factor).contains(cell(1, 65536));
    }
  }

  @Test
  void whereAllAreOversubscribedTheFewestWorkersAreTheBase() {
    assertThat(new Grid(List.of(cell(16, 64), cell(4, 64), cell(8, 64))).base())
        .hasValue(cell(4, 64));
  }

  @Test
  void ofNoCellsThereIsNoBase() {
    assertThat(new Grid(List.of()).base()).isEmpty();
    assertThat(new Grid(List.of()).along(Factor.WORKERS)).isEmpty();
    assertThat(new Grid(List.of()).ofMostOverhead()).isEmpty();
  }

  @Test
  void everyRoundIsMirroredAndASeedMeansOneOrder() {
    Random random = Seeded.random(7);
    List<Integer> things = List.of(1, 2, 3, 4);
    for (int round = 0; round < 20; round++) {
      List<Integer> order = Seeded.mirrored(things, random);
      assertThat(order).hasSize(8).containsAll(things).isEqualTo(order.reversed());
    }
    assertThat(Seeded.mirrored(things, Seeded.random(7)))
        .isEqualTo(Seeded.mirrored(things, Seeded.random(7)));
  }
}
