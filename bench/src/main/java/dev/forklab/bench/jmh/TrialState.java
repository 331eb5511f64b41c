package dev.forklab.bench.jmh;

import dev.forklab.bench.host.CpuClock;
import dev.forklab.bench.jmh.Observations.SliceObservation;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.fork.channel.HeapWork;
import dev.forklab.reports.results.JvmFacts;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.OpenLoop;
import dev.forklab.reports.results.Slice.Effort;
import dev.forklab.workload.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pools of all models of one interleaved trial, which of them runs now, and what was observed.
///
/// Used by the harness's set-up and tear-down threads one after another; the harness's barriers
/// between them and the measuring threads order all access.
final class TrialState implements AutoCloseable {

  private final TrialSpec spec;
  private final SliceOrder order;
  private final Messages messages;
  private final Kernel kernel;
  private final Map<Model, Contestant> contestants = new EnumMap<>(Model.class);
  private final List<SliceObservation> observed = new ArrayList<>();
  private final List<OpenLoop> openLoop = new ArrayList<>();
  private List<Long> pids = List.of();
  private CpuClock cpuClock = CpuClock.of(pids);
  private final EffortMeter effort = new EffortMeter(() -> pids, this::workerWork);
  private long startNanos;
  private CpuReading startCpu = new CpuReading(0, 0);

  private TrialState(TrialSpec spec, Messages messages, Kernel kernel) {
    this.spec = spec;
    this.order = spec.order();
    this.messages = messages;
    this.kernel = kernel;
    for (Model model : spec.planned().models()) {
      contestants.put(model, Contestants.open(model, spec, kernel, messages));
    }
  }

  /// Reads the trial's description and opens its pools.
  static TrialState open(String specFile) throws Exception {
    TrialSpec spec = TrialSpec.read(Path.of(specFile));
    Kernel kernel = spec.workload().kernel();
    Messages messages = Messages.of(spec.planned().cell().messageBytes(), kernel);
    return new TrialState(spec, messages, kernel);
  }

  TrialSpec spec() {
    return spec;
  }

  /// What every model within this JVM computes with.
  Kernel kernel() {
    return kernel;
  }

  Messages messages() {
    return messages;
  }

  Contestant contestant(Model model) {
    Contestant contestant = contestants.get(model);
    if (contestant == null) {
      throw new IllegalArgumentException(
          "expected one of " + contestants.keySet() + ", found " + model);
    }
    return contestant;
  }

  /// The pool of another runtime.
  PeerContestant peer(Model model) {
    if (contestant(model) instanceof PeerContestant peer) {
      return peer;
    }
    throw new IllegalArgumentException("expected a peer, found " + model);
  }

  /// How long the slice is that comes next.
  long upcomingNanos() {
    return observed.size() < order.warmupSlices()
        ? spec.timing().warmupSliceNanos()
        : spec.timing().sliceNanos();
  }

  /// The model of the slice that comes next.
  Model upcoming() {
    return order.slices().get(observed.size());
  }

  /// Reads what takes milliseconds to read. Before the stream is brought to its steady state: tasks
  /// that ended meanwhile would be the slice's for nothing.
  void sliceNears() {
    watchProcesses();
    effort.starts(order.rounds().get(observed.size()));
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

  /// Adds the finished slice to what was observed.
  ///
  /// @param received tasks whose replies were received in it
  /// @param latency of a model that timed its own tasks
  void observe(
      SliceEnd end, long operations, long received, int wrongReplies, @Nullable String latency) {
    observed.add(
        new SliceObservation(
            upcoming(),
            operations,
            received,
            end.nanos(),
            end.cpuNanos(),
            wrongReplies,
            end.effort(),
            latency));
  }

  /// Adds a stretch under scheduled arrivals to what was observed.
  void observe(OpenLoop stretch) {
    openLoop.add(stretch);
  }

  /// Closes all pools, last opened first, and leaves the observations in their file.
  @Override
  public void close() throws IOException {
    List<JvmFacts> jvms = new ArrayList<>(List.of(ThisJvm.facts()));
    contestants.values().forEach(contestant -> jvms.addAll(contestant.workerFacts()));
    new ArrayList<>(contestants.values()).reversed().forEach(Contestant::close);
    new Observations(observed, openLoop, List.of(), List.of(), jvms).write(spec.observations());
  }

  /// A pool may have replaced a worker since the last slice.
  private void watchProcesses() {
    List<Long> now = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    contestants.values().forEach(contestant -> now.addAll(contestant.workerPids()));
    if (!now.equals(pids)) {
      pids = now;
      cpuClock = CpuClock.of(now);
    }
  }

  private HeapWork workerWork() {
    return contestants.values().stream()
        .map(Contestant::workerWork)
        .reduce(new HeapWork(0, 0, 0), EffortMeter::sum);
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
