package dev.forklab.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stopping at a width does to the intervals of equally fast models, by simulation: looked at
/// after each block from the fourth on, until the widest of five cells' 95% intervals is as narrow
/// as was asked for.
class StoppingCoverageTest {

  private static final long SEED = 20;
  private static final int RUNS = 400;
  private static final int CELLS = 5;
  private static final int FEWEST = 4;
  private static final int MOST = 16;
  private static final TwoLevel.Prior PRIOR = new TwoLevel.Prior(0.005, 2);

  /// The half-width asked for, memory of the machine's speed, spread of launches.
  @ParameterizedTest
  @CsvSource({
    "0.010, 0.90, 0.000",
    "0.015, 0.90, 0.005",
    "0.010, 0.99, 0.005",
    "0.010, 0.99, 0.010",
    "0.015, 0.99, 0.010",
    "0.020, 0.90, 0.010",
    "0.020, 0.99, 0.020",
  })
  void intervalsOfRunsThatStopHoldTheTruth(double width, double memory, double launch) {
    Tally tally = new Tally();
    SplittableRandom random = new SplittableRandom(SEED);
    NoisyMachine machine = new NoisyMachine(5, 13, 0.08, memory, 0.2, 0.002, 0.01, 0.05, launch);
    for (int run = 0; run < RUNS; run++) {
      tally.add(untilNarrow(machine.run(random, CELLS, MOST), width));
    }
    assertThat(tally.coverage()).as("seed %s, %s", SEED, tally).isBetween(0.92, 0.99);
    // The sign is as often wrong one way as the other: four standard errors.
    assertThat((double) Math.abs(tally.above - tally.below))
        .as("seed %s, %s", SEED, tally)
        .isLessThan(4 * Math.sqrt(tally.above + tally.below + 1.0));
  }

  private record Ended(int blocks, List<StudentEstimate> cells) {}

  private static Ended untilNarrow(List<List<Rounds>> run, double width) {
    for (int blocks = FEWEST; ; blocks++) {
      List<List<Rounds>> soFar = new ArrayList<>();
      for (List<Rounds> cell : run) {
        soFar.add(cell.subList(0, blocks));
      }
      List<StudentEstimate> cells = TwoLevel.ofRounds(soFar, PRIOR);
      if (blocks == MOST || cells.stream().allMatch(cell -> cell.halfWidth(0.05) <= width)) {
        return new Ended(blocks, cells);
      }
    }
  }

  private static final class Tally {
    private int held;
    private int above;
    private int below;
    private int all;
    private int blocks;
    private int early;
    private int runs;

    void add(Ended ended) {
      runs++;
      blocks += ended.blocks;
      early += ended.blocks < MOST ? 1 : 0;
      for (StudentEstimate cell : ended.cells) {
        double half = cell.halfWidth(0.05);
        all++;
        above += cell.value() > half ? 1 : 0;
        below += cell.value() < -half ? 1 : 0;
        held += Math.abs(cell.value()) <= half ? 1 : 0;
      }
    }

    double coverage() {
      return (double) held / all;
    }

    @Override
    public String toString() {
      return "held %.3f, above %d, below %d of %d, %.1f blocks, %d of %d runs stopped early"
          .formatted(coverage(), above, below, all, (double) blocks / runs, early, runs);
    }
  }
}
