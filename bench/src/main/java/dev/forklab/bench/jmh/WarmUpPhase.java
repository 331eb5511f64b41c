package dev.forklab.bench.jmh;

import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Seeded;
import dev.forklab.results.WarmUp;
import dev.forklab.results.WarmUp.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/// Warms up the models of a trial until all of them are steady ([SteadyState]), within a bound.
///
/// A model that was judged steady stays so until it is clearly not: all of them are asked again
/// after each slice, and noise alone would let one or another look unsteady for ever.
///
/// Nor does it end, within the bound, before each JVM has done as many tasks as its best compiler
/// needs calls of a method: until then one that is called once a task runs as it did before, and
/// its model looks steady (AES at a tenth of its speed was seen to, for seconds).
///
/// First all pools are kept full at the same time, until each JVM has made those calls: most of a
/// CPU would idle while the baseline runs alone and its compilers have little to do. The tasks are
/// short ones ([dev.forklab.workload.WarmUpMessage]), since only their number counts. Then rounds
/// of one slice for each model, in a seeded order. A model that is steady sits out seven rounds of
/// eight, so that the time goes to those that are not, and none cools down.
final class WarmUpPhase {

  private static final int STEADY_EVERY = 8;

  /// The part of the bound that models may be loaded at the same time: what their JVMs still lack
  /// then is done in slices.
  private static final int TOGETHER = 2;

  /// Calls are counted from a method's first compilation on, and the compiler has a queue.
  private static final double CALLS_MARGIN = 1.2;

  /// By how much an inline task's time may be off the plan, the machine's speed taken out.
  static final double OFF_PLAN = 0.1;

  /// By how much in a trial that does not insist on its plan: beyond this it is other code that
  /// runs, as without the processor's instructions; below, reports name the time that was reached.
  static final double OTHER_CODE = 0.4;

  /// Has models do tasks, which [TrialState] observes.
  interface Load {

    /// Keeps all of these models busy with short tasks at the same time, each until it has done its
    /// number of them.
    ///
    /// @param tasks how many each is to do
    /// @param nanos for how long at most
    void together(Map<Model, Long> tasks, long nanos) throws Exception;

    /// Runs one slice.
    void slice(Model model) throws Exception;

    /// CPU nanoseconds of a short task of this model, compilers excluded; 0 if that is unknown.
    double shortTaskNanos(Model model) throws Exception;
  }

  private final TrialSpec spec;
  private final Map<Model, List<SliceObservation>> seen = new EnumMap<>(Model.class);
  private final Map<Model, SteadyState> judged = new EnumMap<>(Model.class);
  private final Set<Model> steady = EnumSet.noneOf(Model.class);
  private final Map<Model, Boolean> lopsided = new EnumMap<>(Model.class);
  private final Map<Model, Jvms> jvms = new EnumMap<>(Model.class);
  private Set<Model> slow = Set.of();

  WarmUpPhase(TrialSpec spec) {
    this(spec, ThisJvm.callsUntilCompiled());
  }

  /// @param calls after how many the best compiler takes up a method
  WarmUpPhase(TrialSpec spec, long calls) {
    this.spec = spec;
    double needed = CALLS_MARGIN * calls;
    Jvms own = new Jvms(needed);
    for (Model model : spec.planned().models()) {
      Jvms its =
          model.role() == Role.PEER
              ? new Jvms(0) // Another runtime's compilers count otherwise.
              : model.hasChildJvms() ? new Jvms(needed * spec.planned().cell().workers()) : own;
      its.models++;
      jvms.put(model, its);
      seen.put(model, new ArrayList<>());
      judged.put(model, SteadyState.of(List.of()));
    }
  }

  /// Warms up. Blocks for some seconds, and at most for the bound and one more round.
  void run(Load load) throws Exception {
    Random random = Seeded.random(spec.planned().seed());
    List<Model> order = new ArrayList<>(spec.planned().models());
    long start = System.nanoTime();
    load.together(lacking(), spec.timing().warmupNanos() / TOGETHER);
    for (int round = 0; goesOn(System.nanoTime() - start); round++) {
      Collections.shuffle(order, random);
      for (Model model : order) {
        if (round % STEADY_EVERY == 0 || allWarm() || !warm(model)) {
          load.slice(model);
        }
      }
    }
    slow = slow(load);
  }

  /// Those that run slow code, which no other signal shows if all workers of a pool do.
  private Set<Model> slow(Load load) throws Exception {
    TaskWork work = new TaskWork();
    if (!spec.planned().cell().oversubscribed()) { // Else they are compiled at different times.
      for (Model model : spec.planned().models()) {
        if (model.role() != Role.PEER) {
          work.observe(model, judgment(model).taskNanos(), load.shortTaskNanos(model));
        }
      }
    }
    return work.slow();
  }

  private boolean goesOn(long nanos) {
    long bound = spec.timing().warmupNanos();
    return nanos < spec.timing().leastWarmupNanos() || (!allWarm() && nanos < bound);
  }

  /// What each model has reached.
  List<WarmUp> outcomes() {
    return spec.planned().models().stream().map(this::outcome).toList();
  }

  /// What each model has to do so that the JVMs that run it have made their calls.
  private Map<Model, Long> lacking() {
    Map<Model, Long> tasks = new EnumMap<>(Model.class);
    jvms.forEach((model, its) -> {
      if (!its.called()) {
        tasks.put(model, (long) Math.ceil(its.neededTasks / its.models));
      }
    });
    return tasks;
  }

  /// Takes note of tasks outside of any slice.
  void did(Model model, long tasks) {
    jvms(model).tasks += tasks;
  }

  /// Takes note of a slice.
  void observe(SliceObservation slice) {
    Model model = slice.model();
    List<SliceObservation> all = seen.computeIfAbsent(model, it -> new ArrayList<>());
    all.add(slice);
    Jvms its = jvms(model);
    its.add(slice);
    SteadyState found = SteadyState.of(all, its.lastSlices());
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

  private boolean allWarm() {
    return judged.keySet().stream().allMatch(this::warm);
  }

  private boolean warm(Model model) {
    return state(model) == State.STEADY && jvms(model).called();
  }

  private Jvms jvms(Model model) {
    return Objects.requireNonNull(jvms.get(model));
  }

  private State state(Model model) {
    return steady.contains(model) ? State.STEADY : judgment(model).state();
  }

  private SteadyState judgment(Model model) {
    return judged.getOrDefault(model, SteadyState.of(List.of()));
  }

  private WarmUp outcome(Model model) {
    SteadyState found = judgment(model);
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
    if (slow.contains(model)) {
      return State.SLOW_CODE;
    }
    return lopsided.getOrDefault(model, false) ? State.SLOW_WORKER : state(model);
  }

  /// Only of those that do nothing but compute. The yardstick may excuse a task's time and does not
  /// accuse it: its own readings lie 20% apart where tasks do not.
  private double tempo(Model model, SteadyState found) {
    TrialSpec.Expected expected = spec.expected();
    boolean computes = model.role() == Role.BASELINE || model.role() == Role.CONTROL;
    if (!computes || expected == null || found.taskNanos() <= 0) {
      return 0;
    }
    double times = found.taskNanos() / expected.taskNanos();
    double atLikeSpeed = times * expected.yardstickNanos() / found.yardstickNanos();
    return Math.abs(Math.log(times)) < Math.abs(Math.log(atLikeSpeed)) ? times : atLikeSpeed;
  }

  /// The processes in which some of the models run: the trial's own JVM is that of most, fork and
  /// each peer have their own.
  private static final class Jvms {

    private final double neededTasks;
    private final List<SliceObservation> slices = new ArrayList<>();
    private int models;
    private long tasks;

    /// @param neededTasks of all processes together, before what they call is compiled for good
    Jvms(double neededTasks) {
      this.neededTasks = neededTasks;
    }

    void add(SliceObservation slice) {
      slices.add(slice);
      tasks += slice.received();
    }

    boolean called() {
      return tasks >= neededTasks;
    }

    List<SliceObservation> lastSlices() {
      return SteadyState.last(slices, SteadyState.WINDOW * models);
    }
  }
}
