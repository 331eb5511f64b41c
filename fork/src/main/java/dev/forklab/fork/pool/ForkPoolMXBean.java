package dev.forklab.fork.pool;

import java.util.List;
import java.util.Map;

/// A pool's metrics over JMX; see [PoolMetrics], whose words these are. Each attribute is read when
/// it is asked for.
public interface ForkPoolMXBean {

  /// Tasks given to `submit`, those rejected included.
  long getSubmitted();

  /// Tasks that wait now.
  int getQueued();

  /// Tasks that run now.
  int getRunning();

  /// Tasks that ended with a reply.
  long getSucceeded();

  /// Tasks that failed, by kind: `threw`, `workerDied`, `timedOut`, `cancelled`, `rejected`,
  /// `poolClosed`.
  Map<String, Long> getFailed();

  /// Workers that died, by themselves or of a task.
  long getDeaths();

  /// Workers ended because of a task's limit or cancel.
  long getEvicted();

  /// Workers replaced by policy.
  long getRecycled();

  /// Workers started in the place of another, for whatever reason.
  long getRestarts();

  /// Tasks given to another worker after one died of them.
  long getRetried();

  /// How often a task was taken back from behind one that took long.
  long getRecalled();

  /// How often workers have died or failed to start more often than the restart policy allows, or
  /// the pool has failed.
  long getRestartLimits();

  /// Times from submission to start: at index n, how many lasted 2^n to 2^(n+1)-1 ns.
  List<Long> getWaitHistogram();

  /// Times from start to answer, likewise.
  List<Long> getRunHistogram();

  /// The upper end of the bucket of the 99th percentile of the waits, in nanoseconds.
  long getWaitNanos99();

  /// The upper end of the bucket of the 99th percentile of the runs, in nanoseconds.
  long getRunNanos99();
}
