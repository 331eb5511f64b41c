package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Model.Role;
import dev.forklab.reports.results.WarmUp;
import dev.forklab.reports.results.WarmUp.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;

/// Warms up the models of a trial until all of them are steady ([SteadyState]), within a bound.
///
/// A model that was judged steady stays so until it is clearly not: all of them are asked again
/// after each slice, and noise alone would let one or another look unsteady for ever.
///
/// Rounds of one slice for each model, in a seeded order. A model that is steady sits out three
/// rounds of four, so that the time goes to those that are not (a pool of processes compiles in
/// each of them), and none cools down.
final class WarmUpPhase {

  private static final int STEADY_EVERY = 4;

  /// By how much an inline task's time may be off the plan, the machine's speed taken out.
  static final double OFF_PLAN = 0.1;

  /// By how much in a trial that does not insist on its plan: beyond this it is other code that
  /// runs, as without the processor's instructions; below, reports name the time that was reached.
  static final double OTHER_CODE = 0.4;

  /// Runs one slice of a model, which [TrialState] observes.
  @FunctionalInterface
  interface Slices {
    void run(Model model) throws Exception;
  }

  private final TrialSpec spec;
  private final Map<Model, List<SliceObservation>> seen = new EnumMap<>(Model.class);
  private final Map<Model, SteadyState> judged = new EnumMap<>(Model.class);
  private final Set<Model> steady = EnumSet.noneOf(Model.class);
  private final Map<Model, Boolean> lopsided = new EnumMap<>(Model.class);

  WarmUpPhase(TrialSpec spec) {
    this.spec = spec;
    for (Model model : spec.planned().models()) {
      seen.put(model, new ArrayList<>());
      judged.put(model, SteadyState.of(List.of()));
    }
  }

  /// Warms up. Blocks for some seconds, and at most for the bound and one more round.
  void run(Slices slices) throws Exception {
    Random random =
        Random.from(RandomGeneratorFactory.of("L64X128MixRandom").create(spec.planned().seed()));
    List<Model> order = new ArrayList<>(spec.planned().models());
    long start = System.nanoTime();
    for (int round = 0; goesOn(System.nanoTime() - start); round++) {
      Collections.shuffle(order, random);
      for (Model model : order) {
        if (round % STEADY_EVERY == 0 || allSteady() || state(model) != State.STEADY) {
          slices.run(model);
        }
      }
    }
  }

  private boolean goesOn(long nanos) {
    return nanos < spec.timing().leastWarmupNanos()
        || (!allSteady() && nanos < spec.timing().warmupNanos());
  }

  /// What each model has reached.
  List<WarmUp> outcomes() {
    return spec.planned().models().stream().map(this::outcome).toList();
  }

  /// Takes note of a slice.
  void observe(SliceObservation slice) {
    Model model = slice.model();
    List<SliceObservation> all = seen.computeIfAbsent(model, it -> new ArrayList<>());
    all.add(slice);
    SteadyState found = SteadyState.of(all);
    judged.put(model, found);
    if (found.state() == State.STEADY) {
      steady.add(model);
    } else if (found.clearlyUnsteady()) {
      steady.remove(model);
    }
  }

  /// Takes note of whether one of a model's workers is much slower than another.
  void lopsided(Model model, boolean is) {
    lopsided.put(model, is);
  }

  private boolean allSteady() {
    return judged.keySet().stream().allMatch(model -> state(model) == State.STEADY);
  }

  private State state(Model model) {
    return steady.contains(model) ? State.STEADY : judgement(model).state();
  }

  private SteadyState judgement(Model model) {
    return judged.getOrDefault(model, SteadyState.of(List.of()));
  }

  private WarmUp outcome(Model model) {
    SteadyState found = judgement(model);
    long load = seen.getOrDefault(model, List.of()).stream().mapToLong(it -> it.nanos()).sum();
    double tempo = tempo(model, found);
    return new WarmUp(
        model, state(model, tempo), found.slices(), load, found.compiling(), found.trend(), tempo);
  }

  private State state(Model model, double tempo) {
    double limit = spec.insists() ? OFF_PLAN : OTHER_CODE;
    if (tempo > 0 && Math.abs(Math.log(tempo)) > Math.log1p(limit)) {
      return State.OFF_PLAN;
    }
    return lopsided.getOrDefault(model, false) ? State.SLOW_WORKER : state(model);
  }

  /// Only of those that do nothing but compute.
  private double tempo(Model model, SteadyState found) {
    TrialSpec.Expected expected = spec.expected();
    boolean computes = model.role() == Role.BASELINE || model.role() == Role.CONTROL;
    return !computes || expected == null || found.taskNanos() == 0
        ? 0
        : (found.taskNanos() / found.yardstickNanos())
            / (expected.taskNanos() / expected.yardstickNanos());
  }
}
