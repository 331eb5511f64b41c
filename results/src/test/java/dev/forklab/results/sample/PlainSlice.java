package dev.forklab.results.sample;

import dev.forklab.results.Model;
import dev.forklab.results.Slice;
import org.jspecify.annotations.Nullable;

/// Slices with nothing but counts and times.
public final class PlainSlice {

  private PlainSlice() {}

  /// Every task that ended in it was received in it.
  public static Slice of(
      int round,
      Model model,
      boolean warmup,
      long operations,
      long nanos,
      long cpuNanos,
      int wrongReplies,
      @Nullable String latency) {
    return new Slice(
        round,
        model,
        warmup,
        operations,
        nanos,
        cpuNanos,
        wrongReplies,
        latency,
        null,
        operations,
        null);
  }
}
