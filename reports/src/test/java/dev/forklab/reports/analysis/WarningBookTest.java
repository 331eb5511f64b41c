package dev.forklab.reports.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.results.Cell;
import dev.forklab.results.Warning;
import dev.forklab.results.Warning.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarningBookTest {

  private static final Cell OTHER = new Cell(4, 2, 65536, 1_000_000);
  private static final Cell THIRD = new Cell(8, 2, 65536, 1_000_000);

  private final WarningBook book =
      new WarningBook(List.of(SyntheticRun.BASE, OTHER, THIRD), taskTimes());

  private static TaskTimes taskTimes() {
    return new TaskTimes(Map.of(SyntheticRun.BASE, 1e6, OTHER, 1e6, THIRD, 1e6));
  }

  @Test
  void theSameWordsAreSaidOnce() {
    book.add(Kind.TURBO, "turbo is on", "host");
    book.add(Kind.TURBO, "turbo is on", "host");
    assertThat(book.placed())
        .containsExactly(new PlacedWarning(new Warning(Kind.TURBO, "turbo is on"), "host"));
  }

  @Test
  void cellsOfOneKindShareALine() {
    book.add(Kind.BUSY_MACHINE, "load 2.1", OTHER);
    book.add(Kind.BUSY_MACHINE, "load 2.2", OTHER);
    book.add(Kind.BUSY_MACHINE, "load 2.3", THIRD);
    assertThat(book.placed())
        .containsExactly(
            new PlacedWarning(
                new Warning(Kind.BUSY_MACHINE, "load 2.1; and 2 more like it"),
                "4 workers on 2 CPUs, 64 KiB messages, 1 ms tasks; 8 workers on 2 CPUs, 64 KiB"
                    + " messages, 1 ms tasks",
                List.of(OTHER, THIRD)));
  }

  @Test
  void allCellsAreNotListed() {
    List.of(SyntheticRun.BASE, OTHER, THIRD).forEach(cell -> book.add(Kind.DRIFT, "drift", cell));
    assertThat(book.placed()).extracting(PlacedWarning::where).containsExactly("all cells");
  }
}
