package dev.forklab.bench.jmh;

import dev.forklab.bench.host.Affinity;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.plan.SliceTiming;
import dev.forklab.bench.runtime.ScratchDirectory;
import dev.forklab.fork.launch.JavaCommand;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.Budget;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.WarmUp;
import dev.forklab.workload.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
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

  /// Long enough for the compilers to have seen what is hot in each model.
  private static final long REHEARSAL_NANOS = 8_000_000_000L;

  /// Short, since the paths of sockets below it are limited to about a hundred characters.
  private static final String DIRECTORY_PREFIX = "lab";

  private final Plan plan;
  private final ExtraFlags extra;
  private final boolean rehearsing;

  public TrialRunner(Plan plan) {
    this(plan, ExtraFlags.NONE);
  }

  /// @param extra flags beside those that the plan asks for
  public TrialRunner(Plan plan, ExtraFlags extra) {
    this(plan, extra, false);
  }

  private TrialRunner(Plan plan, ExtraFlags extra, boolean rehearsing) {
    this.plan = plan;
    this.extra = extra;
    this.rehearsing = rehearsing;
  }

  /// How many slices a trial has: what `slicesDone` counts up to.
  public int slices(PlannedTrial trial) {
    return protocol(trial).iterations();
  }

  /// The model of each iteration whose result the harness keeps, in order.
  public List<Model> measuredModels(PlannedTrial trial) {
    return protocol(trial).measured();
  }

  private TrialProtocol protocol(PlannedTrial trial) {
    Budget budget = plan.budget();
    return TrialProtocol.of(trial, SliceTiming.of(trial, budget), budget.startUps());
  }

  /// What a trial's tasks are.
  ///
  /// @param calibrations for the trial's cell: the JVM's own, and of each peer
  /// @param insists whether a trial whose code is off the plan ends before anything is measured
  public record Work(List<Calibration> calibrations, boolean insists) {
    public Work {
      calibrations = List.copyOf(calibrations);
    }

    Calibration own() {
      return calibrations.stream()
          .filter(it -> it.peer() == null)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("expected a calibration, found none"));
    }

    WorkloadSpec workload() {
      return new WorkloadSpec(own().workload(), own().iterations());
    }

    /// Of a trial whose results nobody reads.
    Work rehearsed() {
      return new Work(List.of(Rehearsal.calibration(own())), false);
    }

    List<Calibration> peers() {
      return calibrations.stream().filter(it -> it.peer() != null).toList();
    }

    TrialSpec.@Nullable Expected expected(TrialKind kind) {
      return kind == TrialKind.THROUGHPUT && own().yardstickNanos() > 0
          ? new TrialSpec.Expected(own().achievedNanos(), own().yardstickNanos())
          : null;
    }
  }

  /// Runs a trial.
  ///
  /// @param slicesDone called with the number of slices done, on a thread of the harness
  /// @return what was measured
  /// @throws OffPlanException if it was to insist on its plan, and is off it
  /// @throws TrialFailedException if the trial has no results; its message says why
  /// @throws IOException if temporary files cannot be written
  public TrialResult run(PlannedTrial trial, Work work, IntConsumer slicesDone) throws IOException {
    try (ScratchDirectory scratch = ScratchDirectory.make(DIRECTORY_PREFIX)) {
      Path directory = scratch.path();
      TrialSpec spec = spec(trial, work, directory.resolve("observations.json"));
      Path specFile = directory.resolve("trial.json");
      spec.write(specFile);
      List<String> flags = jvmArgs(spec);
      RunResult harness = harness(spec, specFile, flags, slicesDone);
      TrialResult result = join(spec, harness);
      JvmCheck.check(result.jvms(), flags, spec);
      return result;
    }
  }

  /// Makes the start archives of a trial's own JVM and of its forked workers, unless they are
  /// there: both then know from the start which code gets hot, and are warm sooner. Blocks for some
  /// seconds, once on a machine; where it fails, JVMs start without, all alike.
  ///
  /// @return why it failed, if it did
  public Optional<String> prepare(PlannedTrial trial, Work work) {
    Cell cell = trial.cell();
    try (TrialClassPath _ = new TrialClassPath(plan.workloadJars())) {
      for (Model model : trial.models()) {
        if (model.hasChildJvms()) {
          OpenFork.prepare(work.rehearsed().workload(), model, JvmFlags.ofWorkers(plan, cell));
        }
      }
      var _ =
          ownCommand()
              .prepare(
                  TrialRunner.class, ownArchive(), recording -> rehearse(trial, work, recording));
      return Optional.empty();
    } catch (IOException | TrialFailedException e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// A trial of all models that run in its JVM, whose results nobody reads.
  private void rehearse(PlannedTrial trial, Work work, JavaCommand recording) throws IOException {
    List<Model> models = trial.models().stream().filter(it -> it.role() != Role.PEER).toList();
    PlannedTrial rehearsal =
        new PlannedTrial(
            trial.index(),
            trial.block(),
            TrialKind.THROUGHPUT,
            Rehearsal.cell(trial.cell()),
            models,
            trial.seed());
    Budget budget = new Budget(plan.budget().sliceNanos(), REHEARSAL_NANOS, REHEARSAL_NANOS, 1, 1);
    new TrialRunner(plan.within(budget), new ExtraFlags(recording.jvmArgs(), List.of()), true)
        .run(rehearsal, work.rehearsed(), _ -> {});
  }

  /// Of the JVM of a trial: its archive does not depend on its heap.
  private JavaCommand ownCommand() {
    return JavaCommand.ofThisJvm().withJvmArgs(ownFlags(plan.heapBytes()));
  }

  private static TrialResult join(TrialSpec spec, RunResult result) {
    try {
      return TrialResult.join(spec, result, Observations.read(spec.observations()));
    } catch (JacksonException | IllegalStateException e) {
      throw new TrialFailedException(
          "the trial's JVM left no complete observations: " + e.getMessage(), e);
    }
  }

  private RunResult harness(
      TrialSpec spec, Path specFile, List<String> flags, IntConsumer slicesDone) {
    SliceOutput output = new SliceOutput(slicesDone);
    try (TrialClassPath _ = new TrialClassPath(plan.workloadJars())) {
      return new Runner(options(spec, specFile, flags).build(), output).runSingle();
    } catch (RunnerException e) {
      offPlan(spec)
          .ifPresent(found -> {
            throw new OffPlanException(found);
          });
      List<String> printed = output.tail();
      throw new TrialFailedException(
          FailureReason.of(e, printed) + "\n" + e + "\n" + String.join("\n", printed), e);
    }
  }

  /// What a trial left that ended because it is off its plan.
  private static Optional<List<WarmUp>> offPlan(TrialSpec spec) {
    return spec.insists() && Files.exists(spec.observations())
        ? Optional.of(Observations.read(spec.observations()).warmUps())
            .filter(found -> found.stream().anyMatch(WarmUp::offPlan))
        : Optional.empty();
  }

  private ChainedOptionsBuilder options(TrialSpec spec, Path specFile, List<String> flags) {
    PlannedTrial trial = spec.planned();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\b" + spec.protocol().benchmark().getSimpleName() + "\\.")
            .param("trial", specFile.toString())
            .forks(1)
            .jvmArgs(flags.toArray(String[]::new))
            .shouldFailOnError(true)
            .timeout(patience(spec));
    List<String> pinned = Affinity.of(trial.cell().cpus()).command();
    if (!pinned.isEmpty()) {
      options.addProfiler(PinnedTree.class, String.join(" ", pinned));
    }
    return spec.protocol().configure(options);
  }

  /// The first iteration holds the warm-up.
  private static TimeValue patience(TrialSpec spec) {
    SliceTiming timing = spec.timing();
    long warmUp = Math.max(timing.leastWarmupNanos(), timing.warmupNanos());
    return TimeValue.seconds(STUCK_SLICE_SECONDS + TimeUnit.NANOSECONDS.toSeconds(warmUp));
  }

  private TrialSpec spec(PlannedTrial trial, Work work, Path observations) {
    Cell cell = trial.cell();
    return new TrialSpec(
        trial,
        work.workload(),
        work.expected(trial.kind()),
        work.insists(),
        work.peers(),
        SliceTiming.of(trial, plan.budget()),
        plan.heapBytes(),
        workerJvmArgs(cell),
        Planner.window(cell, plan.heapBytes()),
        plan.budget().startUps(),
        Planner.LOAD_NANOS,
        observations);
  }

  /// The flags of a forked worker's JVM in the smallest of a plan's cells.
  public static List<String> workerFlags(Plan plan) {
    return JvmFlags.ofWorkers(plan, plan.cells().getFirst());
  }

  private List<String> workerJvmArgs(Cell cell) {
    List<String> flags = new ArrayList<>(JvmFlags.ofWorkers(plan, cell));
    flags.addAll(extra.workers());
    return flags;
  }

  /// The name of the archive of trials' own JVMs.
  private String ownArchive() {
    return "trial " + plan.workload();
  }

  private List<String> jvmArgs(TrialSpec spec) {
    List<String> flags = new ArrayList<>();
    if (!rehearsing) {
      flags.addAll(
          ownCommand().leanCommand(TrialRunner.class, ownArchive(), List.of()).stream()
              .skip(1)
              .takeWhile(flag -> !flag.equals("-cp"))
              .toList());
    }
    flags.addAll(ownFlags(spec.heapBytesPerJvm()));
    // What a JVM that is killed leaves there is removed with the trial's directory.
    flags.add("-Djava.io.tmpdir=" + spec.observations().getParent());
    flags.addAll(extra.parent());
    return flags;
  }

  private List<String> ownFlags(long heapBytes) {
    List<String> flags = new ArrayList<>(JvmFlags.of(heapBytes, plan.collector()));
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add("-Duser.language=en"); // The words and numbers of a failure are shown as they are.
    return flags;
  }
}
