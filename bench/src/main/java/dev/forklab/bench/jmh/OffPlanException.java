package dev.forklab.bench.jmh;

import dev.forklab.results.WarmUp;
import java.util.List;
import java.util.stream.Collectors;

/// A trial ended before anything was measured, since code in it ran at another speed than the plan
/// says, on a machine at the plan's speed: its JVM, or one of its workers, compiled badly, or the
/// plan is of other code.
public final class OffPlanException extends TrialFailedException {

  private static final long serialVersionUID = 1L;

  OffPlanException(List<WarmUp> warmUps) {
    super(
        warmUps.stream()
            .filter(it -> !it.reason().isEmpty())
            .map(it -> it.model().label() + ": " + it.reason())
            .collect(Collectors.joining("; ")),
        null);
  }
}
