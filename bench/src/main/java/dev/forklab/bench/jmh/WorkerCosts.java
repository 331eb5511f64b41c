package dev.forklab.bench.jmh;

import dev.forklab.bench.host.CpuClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What each worker process of a pool has done up to a moment, and what it has used: running
/// totals, of which the difference of two says what a task costs in each.
///
/// @param tasks done, by process
/// @param cpuNanos CPU time, by process
record WorkerCosts(Map<Long, Long> tasks, Map<Long, Long> cpuNanos) {

  private static final long FEWEST_TASKS = 20;

  /// Of a pool now; empty where its workers are no processes.
  static WorkerCosts of(OpenModel pool) {
    Map<Long, Long> tasks = pool.workerTasks();
    Map<Long, Long> cpuNanos = new HashMap<>();
    tasks.keySet().forEach(pid -> cpuNanos.put(pid, CpuClock.of(List.of(pid)).nanos()));
    return new WorkerCosts(tasks, cpuNanos);
  }

  /// CPU nanoseconds of a task since then, for each worker that has done enough of them.
  double[] nanosPerTaskSince(WorkerCosts earlier) {
    return tasks.keySet().stream()
        .filter(earlier.tasks::containsKey)
        .filter(pid -> grown(tasks, earlier.tasks, pid) >= FEWEST_TASKS)
        .mapToDouble(pid ->
            (double) grown(cpuNanos, earlier.cpuNanos, pid) / grown(tasks, earlier.tasks, pid))
        .toArray();
  }

  private static long grown(Map<Long, Long> now, Map<Long, Long> before, long pid) {
    return now.getOrDefault(pid, 0L) - before.getOrDefault(pid, 0L);
  }
}
