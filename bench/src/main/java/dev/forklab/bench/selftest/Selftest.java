package dev.forklab.bench.selftest;

import dev.forklab.bench.calibration.KeptCalibrations;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.RunPreparation;
import dev.forklab.bench.selftest.Workbench.StoppedException;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.results.Cell;
import dev.forklab.results.Plan;
import dev.forklab.workload.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lab under test. For one thread, once.
public final class Selftest {

  private static final int MESSAGE_BYTES = 4096;
  private static final long TASK_NANOS = 1_000_000;

  /// Calibrations, the spinning process, and what launching costs here beside the plans' estimates.
  private static final Duration BESIDE = Duration.ofSeconds(3);

  private final Path directory;
  private final SelftestResult begun;
  private final Workbench bench;
  private final Trials trials;
  private final Cell cell;
  private final int cpus;

  /// @param directory of the selftest
  /// @param begun what is known of it beforehand; its checks are judged anew
  /// @param usual the plan of a run by default on this machine
  /// @param bench where to measure
  public Selftest(Path directory, SelftestResult begun, Plan usual, Workbench bench) {
    this.directory = directory;
    this.begun = begun;
    this.bench = bench;
    this.trials = new Trials(usual, begun.request().seed());
    this.cpus = usual.cells().stream().mapToInt(Cell::cpus).max().orElse(1);
    this.cell = new Cell(cpus, cpus, MESSAGE_BYTES, TASK_NANOS);
  }

  /// How long it takes in all, as far as that can be told before.
  public Duration estimate() {
    return estimate(begun.request().steps());
  }

  /// Measures what is not there yet and judges it; the result so far is on disk after each step.
  ///
  /// @return the result, or empty if it was stopped
  /// @throws IOException if something cannot be written or a process not started
  public Optional<SelftestResult> run() throws IOException {
    List<Step> steps = begun.request().steps();
    SelftestResult result = with(List.of(), null);
    result.write(directory);
    try {
      for (int i = 0; i < steps.size(); i++) {
        bench.listener().begins(steps.get(i), estimate(steps.subList(i, steps.size())));
        result = after(steps.get(i), result);
        result.write(directory);
      }
      return Optional.of(result);
    } catch (StoppedException e) {
      return Optional.empty();
    }
  }

  private SelftestResult after(Step step, SelftestResult so) throws IOException {
    EffectScore effects = so.effects();
    List<Check> found;
    if (step == Step.EFFECTS) {
      effects = EffectsStep.run(bench, trials, cell, begun.request().repetitions(), work());
      found = effects.checks();
    } else {
      found = checks(step);
    }
    found.forEach(bench.listener()::judged);
    List<Check> checks = new ArrayList<>(so.checks());
    checks.addAll(found);
    return with(checks, effects);
  }

  private List<Check> checks(Step step) throws IOException {
    return switch (step) {
      case CALIBRATION ->
          CalibrationStep.run(trials, cell, plan -> preparation(plan, true).calibrate());
      case WARMUP -> WarmUpStep.run(bench, trials, cpus);
      case THROUGHPUT ->
          ThroughputStep.run(
              bench, trials, cell, plan -> preparation(plan, false).calibrate(Seal.NAME));
      case CPU -> CpuStep.run(bench, trials, cpus);
      case MEMORY -> MemoryStep.run(bench, trials, cpus);
      case LATENCY -> LatencyStep.run(bench, trials, cpus);
      case DRIFT -> DriftStep.run(bench, trials, cell, work());
      case EFFECTS -> throw new IllegalArgumentException("expected a cross-check, found " + step);
    };
  }

  private Work work() {
    return plan -> preparation(plan, false).calibrate();
  }

  /// What cannot be kept is found again by the next measurement.
  private RunPreparation preparation(Plan plan, boolean anew) {
    return new RunPreparation(plan, begun.host(), KeptCalibrations.ofUser(), anew, _ -> {});
  }

  private SelftestResult with(List<Check> checks, @Nullable EffectScore effects) {
    return new SelftestResult(
        begun.labVersion(),
        begun.startedEpochMillis(),
        begun.command(),
        begun.host(),
        begun.request(),
        checks,
        effects);
  }

  private Duration estimate(List<Step> steps) {
    Duration calibrations =
        steps.contains(Step.CALIBRATION) ? CalibrationStep.ESTIMATE : Duration.ZERO;
    return steps.stream()
        .map(this::plans)
        .flatMap(List::stream)
        .map(Planner::estimate)
        .map(BESIDE::plus)
        .reduce(calibrations, Duration::plus);
  }

  private List<Plan> plans(Step step) {
    return switch (step) {
      case CALIBRATION -> List.of();
      case WARMUP ->
          List.of(
              WarmUpStep.forked(trials, cpus),
              WarmUpStep.forked(trials, cpus),
              WarmUpStep.forked(trials, cpus),
              WarmUpStep.otherHeap(trials, cpus),
              WarmUpStep.still(trials, cpus));
      case THROUGHPUT ->
          ThroughputStep.MODELS.stream()
              .map(model -> ThroughputStep.plan(trials, cell, model))
              .toList();
      case CPU -> List.of(CpuStep.plan(trials, cpus));
      case MEMORY -> List.of(MemoryStep.plan(trials, cpus), MemoryStep.plan(trials, cpus));
      case LATENCY -> List.of(LatencyStep.plan(trials, cpus));
      case DRIFT -> List.of(DriftStep.plan(trials, cell));
      case EFFECTS -> List.of(EffectsStep.plan(trials, cell, begun.request().repetitions()));
    };
  }
}
