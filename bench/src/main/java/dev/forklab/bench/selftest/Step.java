package dev.forklab.bench.selftest;

import java.util.Locale;

/// The parts of a selftest, in the order in which they run.
public enum Step {
  /// The amount of work that makes a task time, found again and again.
  CALIBRATION,
  /// Tasks counted and timed where they run.
  THROUGHPUT,
  /// CPU time against the kernel's own and against work of known CPU time.
  CPU,
  /// Memory against known allocations.
  MEMORY,
  /// Latency against work of known duration.
  LATENCY,
  /// Models that are not warm, JVMs that are not as planned, trials that stand still.
  WARMUP,
  /// A machine that is slowed on purpose.
  DRIFT,
  /// Models that are the same, and models that differ by a known share.
  EFFECTS;

  /// The name in options and files.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
