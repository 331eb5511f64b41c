package dev.forklab.bench.plan;

import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Plan.PlannedTrial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;

/// The stretches of an open-loop trial: first each model kept full, which warms it up and shows its
/// capacity; then each model at each share of that capacity, in a seeded shuffle.
///
/// @param capacity models to keep full, one stretch each; a model's last stretch shows its capacity
/// @param steps the stretches under scheduled arrivals
public record OpenLoopOrder(List<Model> capacity, List<Step> steps) {

  /// The shares of capacity that are offered.
  public static final List<Double> LOADS = List.of(0.5, 0.7, 0.9, 0.95);

  private static final long SHORTEST_STEP_NANOS = 1_000_000_000L;
  private static final long LONGEST_STEP_NANOS = 5_000_000_000L;
  private static final long TASKS_PER_STEP = 400;

  public OpenLoopOrder {
    capacity = List.copyOf(capacity);
    steps = List.copyOf(steps);
  }

  /// One model under scheduled arrivals.
  ///
  /// @param load the share of its capacity that is offered
  public record Step(Model model, double load) {}

  /// The order for one trial.
  ///
  /// @param warmupRounds how often each model is kept full, at least 1
  public static OpenLoopOrder of(PlannedTrial trial, int warmupRounds) {
    SliceOrder full = SliceOrder.of(trial.models(), trial.cell(), warmupRounds, 1, trial.seed());
    List<Step> steps = new ArrayList<>();
    for (Model model : trial.models()) {
      LOADS.forEach(load -> steps.add(new Step(model, load)));
    }
    Collections.shuffle(
        steps, Random.from(RandomGeneratorFactory.of("L64X128MixRandom").create(trial.seed())));
    return new OpenLoopOrder(full.slices().subList(0, full.warmupSlices()), steps);
  }

  /// How long each scheduled stretch of a cell is: some hundreds of tasks.
  public static long stepNanos(Cell cell) {
    return Math.clamp(
        TASKS_PER_STEP * cell.taskNanos() / cell.cpus(), SHORTEST_STEP_NANOS, LONGEST_STEP_NANOS);
  }
}
