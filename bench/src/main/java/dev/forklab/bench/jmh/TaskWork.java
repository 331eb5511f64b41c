package dev.forklab.bench.jmh;

import dev.forklab.results.Model;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What the task itself costs in each model of a trial: the CPU time of a usual task less that of a
/// short one with a message of the same size, so that what the message costs is in neither.
///
/// All models compute the same function, so their work differs only if code does: a JVM that runs
/// SHA-256 without the processor's instructions needs four times as long for it, may stay like that
/// for good, and looks steady.
final class TaskWork {

  /// How much more a model's work may be than another's: badly compiled code takes four times as
  /// long; CPUs that share a core, and a machine that changes its speed, make for less.
  static final double SLOW = 2;

  /// The error of a difference grows with what both sides of it have in common.
  private static final double MESSAGE_ERROR = 0.25;

  /// @param usual CPU nanoseconds of a usual task
  /// @param shortened of a short one
  private record Cost(double usual, double shortened) {

    double work() {
      return usual - shortened;
    }

    boolean exceeds(double work) {
      return work() > SLOW * Math.max(0, work) + MESSAGE_ERROR * shortened;
    }
  }

  private final Map<Model, Cost> costs = new EnumMap<>(Model.class);

  /// Takes note of a model; does nothing where one of the times is not known (0).
  void observe(Model model, double usualNanos, double shortNanos) {
    if (usualNanos > 0 && shortNanos > 0) {
      costs.put(model, new Cost(usualNanos, shortNanos));
    }
  }

  /// The models whose work is much more than the smallest, which another model shows to be
  /// possible.
  Set<Model> slow() {
    double least = costs.values().stream().mapToDouble(Cost::work).min().orElse(0);
    Set<Model> slow = EnumSet.noneOf(Model.class);
    costs.forEach((model, cost) -> {
      if (cost.exceeds(least)) {
        slow.add(model);
      }
    });
    return slow;
  }
}
