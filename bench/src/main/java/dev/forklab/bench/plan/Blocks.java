package dev.forklab.bench.plan;

import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.Goal;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Plan.Reserve;
import dev.forklab.results.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// How many blocks a run has, and how long the parts of its trials are.
///
/// A run that fills a time grows in both directions, since more launches and more rounds each
/// shrink a part of the interval: the number of blocks grows with the square root of the time. Its
/// trials are as long as if each block launched all cells; but only the first one does. The time of
/// the other blocks' launches is kept in reserve, to be spent where the run shows that it is
/// needed. A run that stops at a precision has blocks of one size, as many as its time can hold;
/// which of them are measured shows later, but the trials of block `k` are the same whatever comes
/// after it.
///
/// @param trials of all blocks, in order
/// @param reserve null if all trials are known
record Blocks(int count, Budget budget, List<PlannedTrial> trials, @Nullable Reserve reserve) {

  private static final long SECOND = 1_000_000_000L;

  /// What comes after the trials: the report. What comes before them differs from run to run and is
  /// taken from the reserve.
  private static final long REPORT_NANOS = 5 * SECOND;

  /// The time that is best spent on [#USUAL_BLOCKS] blocks: what all other times are measured by.
  private static final double USUAL_NANOS = 420e9;

  private static final int USUAL_BLOCKS = 2;

  /// With one block nothing would be launched twice but the base.
  private static final int FEWEST = 2;

  private static final int MOST = 16;

  /// The block of a run that stops at a precision: a stop can come no finer.
  private static final long BLOCK_NANOS = 100 * SECOND;

  /// The longest time that a run which stops at a precision may be given.
  static final Duration LONGEST_TO_STOP = Duration.ofHours(6);

  static Blocks of(PlanRequest request, BlockTrials trials) {
    long nanos = request.time().toNanos() - REPORT_NANOS;
    if (request.precision() > 0) {
      int count = Math.toIntExact(Math.max(Goal.FEWEST_BLOCKS, nanos / BLOCK_NANOS));
      return whole(request, trials, count, nanos);
    }
    if (request.depth() == PlanRequest.Depth.QUICK) {
      return whole(request, trials, 1, nanos);
    }
    double growth = Math.sqrt(request.time().toNanos() / USUAL_NANOS);
    int count = Math.clamp(Math.round(USUAL_BLOCKS * growth), FEWEST, MOST);
    while (count > FEWEST && !Budgets.fit(request.depth(), whole(request, trials, count), nanos)) {
      count--;
    }
    Budget budget = Budgets.of(request.depth(), whole(request, trials, count), nanos);
    return new Blocks(
        count, budget, all(request, trials::certain, count), new Reserve(Math.max(0, nanos)));
  }

  private static Blocks whole(PlanRequest request, BlockTrials trials, int count, long nanos) {
    List<PlannedTrial> all = whole(request, trials, count);
    return new Blocks(count, Budgets.of(request.depth(), all, nanos), all, null);
  }

  private static List<PlannedTrial> whole(PlanRequest request, BlockTrials trials, int count) {
    return all(request, trials::of, count);
  }

  /// @param ofBlock the trials of each block, in no particular order
  private static List<PlannedTrial> all(
      PlanRequest request, IntFunction<List<PlannedTrial>> ofBlock, int count) {
    var random = Seeded.random(request.seed());
    List<PlannedTrial> all = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      List<PlannedTrial> pass = new ArrayList<>(ofBlock.apply(block));
      Collections.shuffle(pass, random);
      for (PlannedTrial trial : pass) {
        all.add(
            new PlannedTrial(
                all.size(), block, trial.kind(), trial.cell(), trial.models(), random.nextLong()));
      }
    }
    return List.copyOf(all);
  }
}
