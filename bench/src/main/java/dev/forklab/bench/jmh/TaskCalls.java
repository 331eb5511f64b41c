package dev.forklab.bench.jmh;

import dev.forklab.bench.plan.Planner;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import dev.forklab.results.Slice;

/// How often a throughput trial of one pool calls its workload: what a count taken outside must
/// find, to the task.
///
/// @param beforehand calls that compute the right replies, before the first slice
/// @param window tasks in flight: each slice begins with a window of tasks, lets it pass, and
///   leaves another to be drained
public record TaskCalls(long beforehand, long window) {

  /// The calls of a trial of `plan` in `cell`.
  public static TaskCalls of(Plan plan, Cell cell) {
    return new TaskCalls(
        Messages.countInTrial(cell.messageBytes()), Planner.window(cell, plan.heapBytes()));
  }

  /// The calls of one slice, those around its clock included.
  public long of(Slice slice) {
    return slice.received() + 2 * window;
  }
}
