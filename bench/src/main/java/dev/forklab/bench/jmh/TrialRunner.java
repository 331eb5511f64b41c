package dev.forklab.bench.jmh;

import dev.forklab.bench.host.Affinity;
import dev.forklab.bench.plan.OpenLoopOrder;
import dev.forklab.bench.plan.OpenLoopOrder.Step;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.SliceOrder;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.reports.results.Calibration;
import dev.forklab.reports.results.Cell;
import dev.forklab.reports.results.Model;
import dev.forklab.reports.results.Plan;
import dev.forklab.reports.results.Plan.PlannedTrial;
import dev.forklab.reports.results.TrialKind;
import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.core.JacksonException;

/// Runs one planned trial as one JMH fork. Blocks until it has ended; one at a time.
public final class TrialRunner {

  /// How long the harness waits for a slice that does not end before it interrupts it.
  private static final int STUCK_SLICE_SECONDS = 60;

  static {
    // JMH lets one of its runners work at a time, by a lock file that another user's JMH may own
    // for good, and then every trial would fail. The lab has a lock of its own.
    System.setProperty("jmh.ignoreLock", "true");
  }

  /// Short, since the paths of sockets below it are limited to about a hundred characters.
  private static final String DIRECTORY_PREFIX = "lab";

  private final Plan plan;
  private final ExtraFlags extra;

  public TrialRunner(Plan plan) {
    this(plan, ExtraFlags.NONE);
  }

  /// @param extra flags beside those that the plan asks for
  public TrialRunner(Plan plan, ExtraFlags extra) {
    this.plan = plan;
    this.extra = extra;
  }

  /// How many slices a trial has: what `slicesDone` counts up to.
  public int slices(PlannedTrial trial) {
    return switch (trial.kind()) {
      case THROUGHPUT, LATENCY, ISOLATED -> order(trial).slices().size();
      case OPEN_LOOP -> openLoopOrder(trial).stretches();
      case FOOTPRINT -> plan.budget().startUps();
    };
  }

  /// The model of each iteration whose result the harness keeps, in order.
  public List<Model> measuredModels(PlannedTrial trial) {
    return switch (trial.kind()) {
      case THROUGHPUT, LATENCY, ISOLATED -> {
        SliceOrder order = order(trial);
        yield order.slices().subList(order.warmupSlices(), order.slices().size());
      }
      case OPEN_LOOP -> openLoopOrder(trial).steps().stream().map(Step::model).toList();
      case FOOTPRINT -> Collections.nCopies(plan.budget().startUps(), trial.models().getFirst());
    };
  }

  private OpenLoopOrder openLoopOrder(PlannedTrial trial) {
    return OpenLoopOrder.of(trial, SliceTiming.of(trial, plan.budget()).warmupRounds());
  }

  private SliceOrder order(PlannedTrial trial) {
    SliceTiming timing = SliceTiming.of(trial, plan.budget());
    return SliceOrder.of(
        trial.models(), trial.cell(), timing.warmupRounds(), timing.measuredRounds(), trial.seed());
  }

  /// Runs a trial.
  ///
  /// @param workload calibrated for the trial's cell
  /// @param slicesDone called with the number of slices done, on a thread of the harness
  /// @return what was measured
  /// @throws TrialFailedException if the trial has no results; its message says why
  /// @throws IOException if temporary files cannot be written
  public TrialResult run(PlannedTrial trial, WorkloadSpec workload, IntConsumer slicesDone)
      throws IOException {
    return run(trial, workload, List.of(), slicesDone);
  }

  /// As [#run(PlannedTrial, WorkloadSpec, IntConsumer)], with peers.
  ///
  /// @param peers what each peer of the trial needs for the cell's task time
  public TrialResult run(
      PlannedTrial trial, WorkloadSpec workload, List<Calibration> peers, IntConsumer slicesDone)
      throws IOException {
    Path directory = Files.createTempDirectory(DIRECTORY_PREFIX);
    try {
      TrialSpec spec = spec(trial, workload, peers, directory.resolve("observations.json"));
      Path specFile = directory.resolve("trial.json");
      spec.write(specFile);
      RunResult harness = harness(spec, specFile, slicesDone);
      TrialResult result = join(spec, harness);
      JvmCheck.check(result.jvms(), jvmArgs(spec), spec);
      return result;
    } finally {
      deleteAll(directory);
    }
  }

  /// Makes the start archive of a trial's forked workers, unless it is there. Blocks for some
  /// seconds.
  public void prepareWorkers(PlannedTrial trial, WorkloadSpec workload) {
    Cell cell = trial.cell();
    try (TrialClassPath _ = new TrialClassPath(plan.workloadJars())) {
      ForkContestant.prepare(workload, cell.codec(), JvmFlags.ofWorkers(plan, cell));
    }
  }

  private static TrialResult join(TrialSpec spec, RunResult result) {
    try {
      return TrialResult.join(spec, result, Observations.read(spec.observations()));
    } catch (JacksonException | IllegalStateException e) {
      throw new TrialFailedException(
          "the trial's JVM left no complete observations: " + e.getMessage(), e);
    }
  }

  private RunResult harness(TrialSpec spec, Path specFile, IntConsumer slicesDone) {
    SliceOutput output = new SliceOutput(slicesDone);
    try (TrialClassPath _ = new TrialClassPath(plan.workloadJars())) {
      return new Runner(options(spec, specFile).build(), output).runSingle();
    } catch (RunnerException e) {
      List<String> printed = output.tail();
      throw new TrialFailedException(
          FailureReason.of(e, printed) + "\n" + e + "\n" + String.join("\n", printed), e);
    }
  }

  private ChainedOptionsBuilder options(TrialSpec spec, Path specFile) {
    PlannedTrial trial = spec.planned();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\b" + benchmark(trial.kind()).getSimpleName() + "\\.")
            .param("trial", specFile.toString())
            .forks(1)
            .jvmArgs(jvmArgs(spec).toArray(String[]::new))
            .shouldFailOnError(true)
            .timeout(TimeValue.seconds(STUCK_SLICE_SECONDS));
    List<String> pinned = Affinity.of(trial.cell().cpus()).command();
    if (!pinned.isEmpty()) {
      options.addProfiler(PinnedTree.class, String.join(" ", pinned));
    }
    if (trial.kind() == TrialKind.FOOTPRINT) {
      return options.threads(1).warmupIterations(0).measurementIterations(spec.startUps());
    }
    if (trial.kind() == TrialKind.OPEN_LOOP) {
      OpenLoopOrder order = openLoopOrder(trial);
      return options
          .threads(1)
          .warmupIterations(order.stretches() - order.steps().size())
          .measurementIterations(order.steps().size());
    }
    SliceTiming timing = spec.timing();
    int warmup = order(trial).warmupSlices();
    return options
        .threads(trial.kind() == TrialKind.LATENCY ? trial.cell().workers() : 1)
        .warmupIterations(warmup)
        .warmupTime(new TimeValue(timing.warmupSliceNanos(), TimeUnit.NANOSECONDS))
        .measurementIterations(order(trial).slices().size() - warmup)
        .measurementTime(new TimeValue(timing.sliceNanos(), TimeUnit.NANOSECONDS));
  }

  private static Class<?> benchmark(TrialKind kind) {
    return switch (kind) {
      case THROUGHPUT, ISOLATED -> ThroughputBenchmark.class;
      case LATENCY -> LatencyBenchmark.class;
      case OPEN_LOOP -> OpenLoopBenchmark.class;
      case FOOTPRINT -> FootprintBenchmark.class;
    };
  }

  private TrialSpec spec(
      PlannedTrial trial, WorkloadSpec workload, List<Calibration> peers, Path observations) {
    Cell cell = trial.cell();
    return new TrialSpec(
        trial,
        workload,
        peers,
        SliceTiming.of(trial, plan.budget()),
        plan.heapBytes(),
        workerJvmArgs(cell),
        Planner.window(cell, plan.heapBytes()),
        plan.budget().startUps(),
        Planner.LOAD_NANOS,
        observations);
  }

  private List<String> workerJvmArgs(Cell cell) {
    List<String> flags = new ArrayList<>(JvmFlags.ofWorkers(plan, cell));
    flags.addAll(extra.workers());
    return flags;
  }

  private List<String> jvmArgs(TrialSpec spec) {
    List<String> flags = new ArrayList<>(JvmFlags.of(spec.heapBytesPerJvm(), plan.collector()));
    flags.add("--enable-native-access=ALL-UNNAMED");
    // What a JVM that is killed leaves there is removed with the trial's directory.
    flags.add("-Djava.io.tmpdir=" + spec.observations().getParent());
    flags.addAll(extra.parent());
    return flags;
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
