package dev.forklab.results.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.results.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellNamesTest {

  private static final Cell SMALL = new Cell(2, 2, 64, 1_000_000);
  private static final Cell LARGE = new Cell(8, 2, 65536, 1_000_000);

  @Test
  void aNameSaysWhatDiffersAndTheRestIsSaidOnce() {
    CellNames names = names(SMALL, LARGE);

    assertThat(names.name(SMALL)).isEqualTo("2 workers, 64 B");
    assertThat(names.name(LARGE)).isEqualTo("8 workers, oversubscribed, 64 KiB");
    assertThat(names.common()).isEqualTo("1 ms tasks");
  }

  @Test
  void aSingleCellIsNamedByItsWorkers() {
    CellNames names = names(SMALL);

    assertThat(names.name(SMALL)).isEqualTo("2 workers");
    assertThat(names.common()).isEqualTo("64 B messages, 1 ms tasks");
  }

  @Test
  void taskTimesAreNamedByWhoKnowsWhatWasReached() {
    Cell longer = new Cell(2, 2, 64, 10_000_000);
    assertThat(names(SMALL, longer).name(longer)).isEqualTo("2 workers, 10 ms");
  }

  private static CellNames names(Cell... cells) {
    return new CellNames(
        List.of(cells), (of, noun) -> Quantity.chosenTime(of.iterator().next().taskNanos()) + noun);
  }

  @Test
  void noCellsHaveNothingInCommon() {
    assertThat(names().common()).isEmpty();
  }
}
