package dev.forklab.bench.plan;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The stretches of an open-loop trial, once its models are warm: first each kept full twice, in
/// mirrored order, which shows its capacity; then each at every load, twice, the second time in the
/// reverse of the first order.
///
/// @param capacity models to keep full to see what they reach, [#CAPACITY_NANOS] each
/// @param steps the stretches under scheduled arrivals
public record OpenLoopOrder(List<Model> capacity, List<Step> steps) {

  /// The shares of capacity that are offered.
  public static final List<Double> LOADS = List.of(0.5, 0.7, 0.9, 0.95);

  /// How long a model is kept full, each time, to see its capacity.
  public static final long CAPACITY_NANOS = 1_000_000_000L;

  private static final long SHORTEST_STEP_NANOS = 1_000_000_000L;
  private static final long LONGEST_STEP_NANOS = 5_000_000_000L;
  private static final long TASKS_PER_STEP = 400;

  public OpenLoopOrder {
    capacity = List.copyOf(capacity);
    steps = List.copyOf(steps);
  }

  /// One model under scheduled arrivals.
  ///
  /// @param load the share of capacity that is offered
  /// @param pass 0 or 1: within a pass, tasks arrive for every model at the same moments
  public record Step(Model model, double load, int pass) {}

  /// The order for one trial.
  public static OpenLoopOrder of(PlannedTrial trial) {
    List<Step> steps = new ArrayList<>();
    for (Model model : trial.models()) {
      LOADS.forEach(load -> steps.add(new Step(model, load, 0)));
    }
    Collections.shuffle(steps, Seeded.random(trial.seed()));
    List.copyOf(steps).reversed().forEach(step -> steps.add(new Step(step.model, step.load, 1)));
    return new OpenLoopOrder(SliceOrder.of(trial.models(), 1, trial.seed()).slices(), steps);
  }

  /// How many stretches there are.
  public int stretches() {
    return capacity.size() + steps.size();
  }

  /// How long each scheduled stretch of a cell is: some hundreds of tasks.
  public static long stepNanos(Cell cell) {
    return Math.clamp(
        TASKS_PER_STEP * cell.taskNanos() / cell.cpus(), SHORTEST_STEP_NANOS, LONGEST_STEP_NANOS);
  }

  /// How long all stretches after the warm-up take.
  static long measuredNanos(PlannedTrial trial) {
    return 2L * trial.models().size() * (CAPACITY_NANOS + LOADS.size() * stepNanos(trial.cell()));
  }
}
