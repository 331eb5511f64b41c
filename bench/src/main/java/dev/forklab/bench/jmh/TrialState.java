package dev.forklab.bench.jmh;

import dev.forklab.bench.host.CompilerClock;
import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.host.Yardstick;
import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.fork.data.HeapWork;
import dev.forklab.results.JvmFacts;
import dev.forklab.results.Model;
import dev.forklab.results.OpenLoop;
import dev.forklab.results.Slice.Conditions;
import dev.forklab.results.Slice.Effort;
import dev.forklab.results.TaskParts;
import dev.forklab.results.WarmUp;
import dev.forklab.workload.TaskFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The pools of all models of one interleaved trial, which of them runs now, and what was observed.
///
/// Used by the harness's set-up and tear-down threads one after another; the harness's barriers
/// between them and the measuring threads order all access. [#keepFull] alone may run on several
/// threads, for a model each.
final class TrialState implements AutoCloseable {

  /// How much more CPU time a task may take in one worker of a pool than in another: badly compiled
  /// code takes four times as long, and large messages and collections make for less.
  private static final double LOPSIDED = 2;

  private static final int LOPSIDED_SLICES = 4;

  /// For how long a pool is kept full of short tasks to see what one costs.
  private static final long SHORT_TASKS_NANOS = 100_000_000;

  private final TrialSpec spec;
  private final SliceOrder order;
  private final Messages messages;
  private final Messages shortTasks;
  private final TaskFunction function;
  private final Map<Model, OpenModel> open = new EnumMap<>(Model.class);
  private final WarmUpPhase warmUp;
  private final List<SliceObservation> warmUpSlices = new ArrayList<>();
  private final List<SliceObservation> observed = new ArrayList<>();
  private final List<OpenLoop> openLoop = new ArrayList<>();
  private final Yardstick yardstick;
  private List<WarmUp> warmUps = List.of();
  private List<TaskParts> parts = List.of();
  private @Nullable Model warming;
  private List<Long> pids = List.of();
  private CpuClock cpuClock = CpuClock.of(pids);
  private final EffortMeter effort = new EffortMeter(() -> pids, this::workerWork);
  private final CompilerClock compilers = CompilerClock.ofThisMachine();
  private long aroundCpuNanos;
  private long compilingNanos;
  private long yardstickNanos;
  private long startNanos;
  private CpuReading startCpu = new CpuReading(0, 0);

  private TrialState(
      TrialSpec spec, Messages messages, Messages shortTasks, TaskFunction function) {
    this.spec = spec;
    this.order = spec.order();
    this.messages = messages;
    this.shortTasks = shortTasks;
    this.function = function;
    this.warmUp = new WarmUpPhase(spec);
    this.yardstick = new Yardstick(spec.planned().cell().cpus());
    for (Model model : spec.planned().models()) {
      open.put(model, OpenModels.open(model, spec, function, List.of(messages, shortTasks)));
    }
  }

  /// Reads the trial's description and opens its pools.
  static TrialState open(String specFile) throws Exception {
    TrialSpec spec = TrialSpec.read(Path.of(specFile));
    TaskFunction function = spec.workload().function();
    Messages messages = Messages.of(spec.planned().cell().messageBytes(), function);
    return new TrialState(spec, messages, messages.warmingUp(function), function);
  }

  TrialSpec spec() {
    return spec;
  }

  /// What every model within this JVM computes with.
  TaskFunction function() {
    return function;
  }

  Messages messages() {
    return messages;
  }

  OpenModel pool(Model model) {
    OpenModel pool = open.get(model);
    if (pool == null) {
      throw new IllegalArgumentException("expected one of " + open.keySet() + ", found " + model);
    }
    return pool;
  }

  /// The pool of another runtime.
  OpenPeer peer(Model model) {
    if (pool(model) instanceof OpenPeer peer) {
      return peer;
    }
    throw new IllegalArgumentException("expected a peer, found " + model);
  }

  /// Warms all models up. Blocks for seconds.
  ///
  /// @param slice runs a slice of [#upcoming] and has it observed
  /// @throws OffPlanException if the trial insists on its plan, and a model is off it
  void warmUp(Callback slice) throws Exception {
    Load load = new Load(slice);
    warmUp.run(load);
    for (Model model : spec.planned().models()) {
      warmUp.lopsided(model, isLopsided(model, load));
    }
    warming = null;
    warmUps = warmUp.outcomes();
    if (spec.insists() && warmUps.stream().anyMatch(WarmUp::offPlan)) {
      close();
      throw new OffPlanException(warmUps);
    }
  }

  /// Whether a task takes much more CPU time in one worker than in another.
  private boolean isLopsided(Model model, Load load) throws Exception {
    OpenModel pool = pool(model);
    WorkerCosts before = WorkerCosts.of(pool);
    if (before.tasks().size() < 2 || spec.planned().cell().oversubscribed()) {
      return false; // Workers that share a CPU are compiled at different times.
    }
    for (int i = 0; i < LOPSIDED_SLICES; i++) {
      load.slice(model);
    }
    double[] costs = WorkerCosts.of(pool).nanosPerTaskSince(before);
    Arrays.sort(costs);
    return costs.length > 1 && costs[costs.length - 1] > LOPSIDED * costs[0];
  }

  /// Keeps a model busy outside of any slice, until it has done its tasks or the time has passed.
  /// Several models may be at the same time, each on a thread of its own.
  ///
  /// @return what it did, observed by nobody
  SliceObservation keepFull(Model model, long tasks, long nanos) throws Exception {
    return keepFull(
        CountedPipeline.of(this, model, messages),
        model,
        tasks,
        nanos,
        TrialState::unknownCpuNanos);
  }

  private static long unknownCpuNanos() {
    return -1;
  }

  /// @param cpu CPU nanoseconds used up to a moment, -1 where they do not matter
  private static SliceObservation keepFull(
      CountedPipeline pipeline, Model model, long tasks, long nanos, LongSupplier cpu)
      throws Exception {
    pipeline.start();
    long cpuBefore = cpu.getAsLong();
    long start = System.nanoTime();
    pipeline.keepFull(nanos, tasks);
    long took = System.nanoTime() - start;
    long used = cpuBefore < 0 ? -1 : cpu.getAsLong() - cpuBefore;
    long received = pipeline.received();
    long ended = pipeline.ended();
    int wrong = pipeline.stop();
    return new SliceObservation(model, ended, received, took, used, wrong, null, null, null);
  }

  /// How long the slice is that comes next.
  long upcomingNanos() {
    return warming != null ? spec.timing().warmupSliceNanos() : spec.timing().sliceNanos();
  }

  /// The model of the slice that comes next.
  Model upcoming() {
    Model now = warming;
    return now != null ? now : order.slices().get(observed.size());
  }

  /// Reads what takes milliseconds to read. Before the stream is brought to its steady state: tasks
  /// that ended meanwhile would be the slice's for nothing.
  void sliceNears() {
    watchProcesses();
    aroundCpuNanos = cpuClock.nanos();
    compilingNanos = upcoming().role() == Model.Role.PEER ? -1 : compilers.nanos(pids);
    effort.starts(warming != null ? warmUpSlices.size() : order.rounds().get(observed.size()));
    yardstickNanos = yardstick.nanos(yardstickCpus());
  }

  /// The baseline uses one CPU; a neighbor of that one is no concern of the others.
  private int yardstickCpus() {
    return switch (upcoming().role()) {
      case BASELINE, CONTROL -> spec.protocol().baselineThreads();
      case CANDIDATE, REFERENCE, PEER, INJECTED -> allCpus();
    };
  }

  private int allCpus() {
    return spec.planned().cell().cpus();
  }

  /// Notes that the slice's clock is about to start.
  void sliceStarts() {
    startCpu = CpuReading.of(cpuClock);
    startNanos = System.nanoTime();
  }

  /// Notes that the slice's clock has stopped; the time until then is the slice's.
  SliceEnd sliceStops() {
    long nanos = System.nanoTime() - startNanos;
    long cpuNanos = CpuReading.of(cpuClock).since(startCpu, nanos);
    return new SliceEnd(nanos, cpuNanos, effort.stops());
  }

  /// Adds the finished slice to what was observed.
  void observe(SliceEnd end, long operations, int wrongReplies) {
    observe(end, operations, operations, wrongReplies, null);
  }

  /// Adds the finished slice to what was observed, when its stream has been drained.
  ///
  /// @param received tasks whose replies were received in it
  /// @param latency of a model that timed its own tasks
  void observe(
      SliceEnd end, long operations, long received, int wrongReplies, @Nullable String latency) {
    SliceObservation slice =
        new SliceObservation(
            upcoming(),
            operations,
            received,
            end.nanos(),
            end.cpuNanos(),
            wrongReplies,
            end.effort(),
            latency,
            new Conditions(compilingNanos(end), yardstickNanos, yardstick.nanos(yardstickCpus())));
    if (warming == null) {
      observed.add(slice);
    } else {
      warmUpSlices.add(slice);
      warmUp.observe(slice);
    }
  }

  /// The slice's part of what compilers used since it neared: in the milliseconds around its clock
  /// they use as large a share of the CPU time as within it.
  private long compilingNanos(SliceEnd end) {
    if (compilingNanos < 0 || end.cpuNanos() < 0) {
      return -1;
    }
    double compiling = (double) (compilers.nanos(pids) - compilingNanos);
    double all = (double) Math.max(1, cpuClock.nanos() - aroundCpuNanos);
    return Math.round(Math.min(1, compiling / all) * end.cpuNanos());
  }

  /// Adds a stretch under scheduled arrivals to what was observed.
  void observe(OpenLoop stretch) {
    openLoop.add(stretch);
  }

  /// Sees where a task's time goes, in stretches after the last slice.
  void measureParts() throws Exception {
    watchProcesses();
    parts = new PartsStretches(this, cpuClock).measure();
  }

  /// Closes all pools, last opened first, and leaves the observations in their file.
  @Override
  public void close() throws IOException {
    List<JvmFacts> jvms = new ArrayList<>(List.of(ThisJvm.facts()));
    open.values().forEach(pool -> jvms.addAll(pool.workerFacts()));
    new ArrayList<>(open.values()).reversed().forEach(OpenModel::close);
    yardstick.close();
    new Observations(warmUps, warmUpSlices, observed, openLoop, List.of(), List.of(), jvms, parts)
        .write(spec.observations());
  }

  /// A pool may have replaced a worker since the last slice.
  private void watchProcesses() {
    List<Long> now = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    open.values().forEach(pool -> now.addAll(pool.workerPids()));
    if (!now.equals(pids)) {
      pids = now;
      cpuClock = CpuClock.of(now);
    }
  }

  private HeapWork workerWork() {
    return open.values().stream()
        .map(OpenModel::workerWork)
        .reduce(new HeapWork(0, 0, 0), EffortMeter::sum);
  }

  /// Runs a slice.
  @FunctionalInterface
  interface Callback {
    void call() throws Exception;
  }

  /// What warming up asks for, done with the pools of this trial.
  private final class Load implements WarmUpPhase.Load {

    private final Callback slice;

    private Load(Callback slice) {
      this.slice = slice;
    }

    @Override
    public void together(Map<Model, Long> tasks, long nanos) throws Exception {
      try (ExecutorService threads = Executors.newCachedThreadPool()) {
        List<Future<SliceObservation>> all = new ArrayList<>();
        tasks.forEach((model, count) -> {
          CountedPipeline pipeline = CountedPipeline.of(TrialState.this, model, shortTasks);
          all.add(
              threads.submit(
                  () -> keepFull(pipeline, model, count, nanos, TrialState::unknownCpuNanos)));
        });
        for (Future<SliceObservation> one : all) {
          SliceObservation done = one.get();
          warmUpSlices.add(done);
          warmUp.did(done.model(), done.received());
        }
      }
    }

    @Override
    public void slice(Model model) throws Exception {
      warming = model;
      slice.call();
    }

    @Override
    public double shortTaskNanos(Model model) throws Exception {
      watchProcesses();
      CountedPipeline pipeline = CountedPipeline.of(TrialState.this, model, shortTasks);
      SliceObservation done =
          keepFull(pipeline, model, Long.MAX_VALUE, SHORT_TASKS_NANOS, this::ownCpuNanos);
      warmUpSlices.add(done);
      return (double) Math.max(0, done.cpuNanos()) / Math.max(1, done.operations());
    }

    private long ownCpuNanos() {
      return cpuClock.nanos() - Math.max(0, compilers.nanos(pids));
    }
  }

  /// How long a slice took, its CPU time, and what else it cost.
  record SliceEnd(long nanos, long cpuNanos, @Nullable Effort effort) {

    /// The same with the slice's part of an effort that was counted over more tasks than its own.
    SliceEnd after(long beforehand, long operations) {
      Effort all = effort;
      return all == null || operations == 0
          ? this
          : new SliceEnd(
              nanos, cpuNanos, all.times((double) operations / (beforehand + operations)));
    }
  }
}
