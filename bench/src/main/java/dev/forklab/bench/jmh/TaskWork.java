package dev.forklab.bench.jmh;

import dev.forklab.results.Model;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Which models of a trial run slow code: a usual task takes more than [#SLOW] times the CPU time
/// of the quickest model's, even without twice what a short task with a message of the same size
/// takes in it.
///
/// All models compute the same function, so their tasks differ by what messages cost, and by code:
/// a JVM that runs SHA-256 without the processor's instructions needs four times as long for it,
/// may stay like that for good, and looks steady. A short task is mostly message. Twice, because
/// messages of megabytes were seen to cost twice as much beside usual tasks; where they outweigh
/// the work, slow code is not seen.
final class TaskWork {

  /// How many times another's CPU time a task may take: badly compiled code takes four times as
  /// long; CPUs that share a core, and a machine that changes its speed, make for less.
  static final double SLOW = 2;

  private static final double MESSAGES = 2;

  /// @param usual CPU nanoseconds of a usual task
  /// @param shortened of a short one
  private record Cost(double usual, double shortened) {}

  private final Map<Model, Cost> costs = new EnumMap<>(Model.class);

  /// Takes note of a model; does nothing where one of the times is not known (0).
  void observe(Model model, double usualNanos, double shortNanos) {
    if (usualNanos > 0 && shortNanos > 0) {
      costs.put(model, new Cost(usualNanos, shortNanos));
    }
  }

  Set<Model> slow() {
    double quickest = costs.values().stream().mapToDouble(Cost::usual).min().orElse(0);
    Set<Model> slow = EnumSet.noneOf(Model.class);
    costs.forEach((model, cost) -> {
      if (cost.usual - MESSAGES * cost.shortened > SLOW * quickest) {
        slow.add(model);
      }
    });
    return slow;
  }
}
