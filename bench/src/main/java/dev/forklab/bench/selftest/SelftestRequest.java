package dev.forklab.bench.selftest;

import java.util.List;

/// What a selftest is to do.
///
/// @param steps which parts, in order
/// @param repetitions how many runs' worth of known effects, at least 1
/// @param seed of every random choice
public record SelftestRequest(List<Step> steps, int repetitions, long seed) {

  public SelftestRequest {
    steps = steps.stream().distinct().sorted().toList();
    if (steps.isEmpty() || repetitions < 1) {
      throw new IllegalArgumentException(
          "expected a step and a repetition, found " + steps + " and " + repetitions);
    }
  }
}
