package dev.forklab.results;

import org.jspecify.annotations.Nullable;

/// One short measured stretch of one model: one iteration of the harness.
///
/// @param round the round it belongs to, from 0; warm-up rounds have numbers of their own
/// @param model which model ran
/// @param warmup whether it was warm-up, kept in the record but in no result
/// @param operations tasks that ended in it: those received, and what was ready to be received at
///   its end, less what was at its start
/// @param nanos how long they took, as the harness timed them
/// @param cpuNanos CPU time of the whole process tree in that time, or -1 where it is not known
/// @param wrongReplies replies that were not what they should have been; a slice with any has no
///   time
/// @param latency the latencies of its tasks in nanoseconds, as a base64 HdrHistogram (compressed
///   V2), or null where the trial does not measure latency
/// @param effort what else the slice cost the system, or null where that was not counted
/// @param received tasks whose replies were received in it, as the harness counts as well
/// @param conditions what it ran under, or null in a run measured before that was recorded
public record Slice(
    int round,
    Model model,
    boolean warmup,
    long operations,
    long nanos,
    long cpuNanos,
    int wrongReplies,
    @Nullable String latency,
    @Nullable Effort effort,
    long received,
    @Nullable Conditions conditions) {

  /// What a slice ran under.
  ///
  /// @param compilingNanos the part of its CPU time that the compilers of the trial's JVMs used; -1
  ///   where that is not known
  /// @param yardstickBeforeNanos what a fixed piece of integer work took just before it, on the
  ///   CPUs that it used
  /// @param yardstickAfterNanos the same just after it
  public record Conditions(
      long compilingNanos, long yardstickBeforeNanos, long yardstickAfterNanos) {

    /// The fixed work's time around the slice: the larger, the slower the machine was.
    public double yardstickNanos() {
      return Math.sqrt((double) yardstickBeforeNanos * yardstickAfterNanos);
    }
  }

  /// What a slice cost beside CPU time, over the whole process tree; a number that the platform
  /// does not give is -1. Where it was counted over more tasks than the slice's own, these are the
  /// slice's part, so not whole numbers.
  ///
  /// @param voluntarySwitches context switches: a thread had to wait
  /// @param involuntarySwitches context switches: a thread was made to wait
  /// @param collections collections of garbage that ended
  /// @param collectionMillis how long they took, as the JVMs give it, in whole milliseconds each
  /// @param allocatedBytes heap bytes given to new objects
  public record Effort(
      double voluntarySwitches,
      double involuntarySwitches,
      double collections,
      double collectionMillis,
      double allocatedBytes) {

    /// This share of it; what is not known stays so.
    public Effort times(double share) {
      return new Effort(
          part(voluntarySwitches, share),
          part(involuntarySwitches, share),
          part(collections, share),
          part(collectionMillis, share),
          part(allocatedBytes, share));
    }

    private static double part(double of, double share) {
      return of < 0 ? of : of * share;
    }
  }

  /// Tasks per second.
  public double throughput() {
    return operations * 1e9 / nanos;
  }
}
