package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import dev.forklab.workload.WarmUpMessage;

/// How long a trial's slices are and how many it has.
///
/// Short slices pair well against drift, but each must hold some dozens of tasks. So a slice lasts
/// [#TASKS_PER_SLICE] tasks of one worker, messages' own cost estimated in, and never less than the
/// budget's slice nor more than [#LONGEST_SLICE_NANOS].
///
/// @param sliceNanos how long a measured slice is
/// @param warmupSliceNanos how long a warm-up slice is
/// @param leastWarmupNanos for how long the trial is warmed up at least
/// @param warmupNanos for how long it is warmed up at most
/// @param measuredRounds how many mirrored rounds are kept
public record SliceTiming(
    long sliceNanos,
    long warmupSliceNanos,
    long leastWarmupNanos,
    long warmupNanos,
    int measuredRounds) {

  static final int TASKS_PER_SLICE = 25;
  static final long LONGEST_SLICE_NANOS = 1_000_000_000L;

  /// What the harness spends around each slice, measured: its barriers, its reports.
  private static final long HARNESS_NANOS = 9_000_000L;

  /// Twice a window of four tasks a worker.
  private static final int TASKS_AROUND_SLICE = 8;

  /// Measured: the harness starts and stops all its threads together, which takes as long as the
  /// scheduler lets those wait that share a CPU.
  private static final long CLIENTS_NANOS = 25_000_000L;

  /// Encoding, copying and decoding a byte there and back: the slow codec's order of magnitude.
  private static final long NANOS_PER_MESSAGE_BYTE = 5;

  private static final long SHORTEST_WARMUP_SLICE_NANOS = 60_000_000L;

  /// How many slices a model that is warm needs to show it.
  private static final int SLICES_TO_SHOW = 9;

  /// Measured: what the compilers of a child take of a CPU until it has made its calls.
  private static final long COMPILERS_NANOS = 2_500_000_000L;

  /// Measured: what the compilers of the trial's own JVM take until then.
  private static final long OWN_COMPILERS_NANOS = 5_000_000_000L;

  /// Measured: slices until the compilers are done with what those calls gave them, for each slice
  /// that a model needs to show that it is warm.
  private static final double WAITING = 2;

  /// Tasks that each child does before that: the 5,000 calls after which HotSpot's best compiler
  /// takes up a method, and some while it works.
  private static final long CALLS = 6000;

  /// Beyond this many workers for a CPU, warming all of them up to the end would take most of a
  /// run.
  private static final int MOST_SHARING = 2;

  private static final int FEWEST_ROUNDS = 3;

  /// The timing of one trial within its plan's budget.
  public static SliceTiming of(PlannedTrial trial, Budget whole) {
    Budget budget = Budgets.forKind(trial.kind(), whole);
    Cell cell = trial.cell();
    long slice = sliceNanos(cell, budget);
    long overhead = overheadNanos(trial);
    long warmupSlice = Math.max(slice, SHORTEST_WARMUP_SLICE_NANOS);
    int models = trial.models().size();
    return new SliceTiming(
        slice,
        warmupSlice,
        budget.leastWarmupNanos(),
        budget.warmupNanos() * sharing(cell),
        rounds(budget.measureNanos(), 2L * models * (slice + overhead), FEWEST_ROUNDS));
  }

  /// What a slice costs beside its own length: the harness, and the tasks that bring the pool to
  /// its steady state before the clock starts and drain it after it has stopped.
  private static long overheadNanos(PlannedTrial trial) {
    Cell cell = trial.cell();
    double sharing = (double) cell.workers() / cell.cpus();
    if (trial.kind() == TrialKind.LATENCY) {
      return HARNESS_NANOS + (long) ((sharing - 1) * CLIENTS_NANOS);
    }
    return HARNESS_NANOS + (long) (TASKS_AROUND_SLICE * taskNanos(cell) * sharing);
  }

  private static long taskNanos(Cell cell) {
    return cell.taskNanos() + messageNanos(cell);
  }

  private static long messageNanos(Cell cell) {
    return NANOS_PER_MESSAGE_BYTE * cell.messageBytes();
  }

  private static long sliceNanos(Cell cell, Budget budget) {
    long task = taskNanos(cell);
    return Math.clamp(TASKS_PER_SLICE * task, budget.sliceNanos(), LONGEST_SLICE_NANOS);
  }

  private static int rounds(long budgetNanos, long roundNanos, int fewest) {
    return (int) Math.max(fewest, budgetNanos / roundNanos);
  }

  /// How long all slices of a trial take, overhead included, as far as that can be told before.
  public long totalNanos(PlannedTrial trial) {
    long measured =
        2L * measuredRounds * trial.models().size() * (sliceNanos + overheadNanos(trial));
    return expectedWarmupNanos(trial) + measured;
  }

  /// How long a trial takes to warm up on a machine like the one this was measured on.
  long expectedWarmupNanos(PlannedTrial trial) {
    Cell cell = trial.cell();
    long shortTask = (long) (cell.taskNanos() * WarmUpMessage.share()) + messageNanos(cell);
    long child = COMPILERS_NANOS + CALLS * shortTask;
    long processes = trial.models().stream().filter(model -> !model.inProcess()).count();
    long together = (processes * child * cell.workers() + OWN_COMPILERS_NANOS) / cell.cpus();
    long shown = SLICES_TO_SHOW * (warmupSliceNanos + overheadNanos(trial));
    long expected = together + (long) (WAITING * shown * trial.models().size());
    return Math.clamp(expected, leastWarmupNanos, warmupNanos);
  }

  /// One CPU has the compilers' threads beside its worker.
  private static int sharing(Cell cell) {
    return cell.cpus() == 1
        ? MOST_SHARING
        : Math.min(Math.ceilDiv(cell.workers(), cell.cpus()), MOST_SHARING);
  }
}
