package dev.forklab.results;

/// What a trial measures; each kind is a benchmark of its own.
public enum TrialKind {
  /// Tasks per second and CPU time per task, all models interleaved, pools kept full.
  THROUGHPUT,
  /// Latency in a closed loop: as many clients as workers, each with one task at a time, all models
  /// interleaved.
  LATENCY,
  /// Latency of tasks that arrive on a schedule, at shares of each model's capacity, pools of all
  /// candidates interleaved.
  OPEN_LOOP,
  /// Start-up and memory, one model alive.
  FOOTPRINT,
  /// Tasks per second of one model alone in its JVM, as benchmarks usually are: a cross-check of
  /// the interleaved trials, never mixed with them.
  ISOLATED;

  /// Whether a trial of this kind is a sequence of slices in mirrored rounds (of one model, if it
  /// is alone).
  public boolean interleavesSlices() {
    return this == THROUGHPUT || this == LATENCY || this == ISOLATED;
  }
}
