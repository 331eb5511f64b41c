package dev.forklab.reports.results;

import org.jspecify.annotations.Nullable;

/// One short measured stretch of one model: one iteration of the harness.
///
/// @param round the round it belongs to, from 0; warm-up rounds have numbers of their own
/// @param model which model ran
/// @param warmup whether it was warm-up, kept in the record but in no result
/// @param operations tasks completed, as the harness counted them
/// @param nanos how long they took, as the harness timed them
/// @param cpuNanos CPU time of the whole process tree in that time, or -1 where it is not known
/// @param wrongReplies replies that were not what they should have been; a slice with any has no
///   time
/// @param latency the latencies of its tasks in nanoseconds, as a base64 HdrHistogram (compressed
///   V2), or null where the trial does not measure latency
public record Slice(
    int round,
    Model model,
    boolean warmup,
    long operations,
    long nanos,
    long cpuNanos,
    int wrongReplies,
    @Nullable String latency) {

  /// Tasks per second.
  public double throughput() {
    return operations * 1e9 / nanos;
  }
}
