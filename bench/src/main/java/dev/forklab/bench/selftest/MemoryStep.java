package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.instrument.Hold;
import dev.forklab.bench.jmh.ExtraFlags;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/// Memory against known allocations: worker processes that hold and touch 64 MiB each show that
/// much more than workers that do not.
///
/// Judged idle, where nothing but the workers themselves is in memory; what a JVM's heap has grown
/// to under load differs from one launch to the next.
final class MemoryStep {

  static final double TOLERANCE = 0.08;

  private static final List<Integer> WORKERS = List.of(1, 8);
  private static final long HELD_BYTES = 64L << 20;
  private static final double MIB = 1 << 20;
  private static final int MESSAGE_BYTES = 4096;
  private static final long TASK_NANOS = 1_000_000;
  private static final int BLOCKS = 2;

  private MemoryStep() {}

  static Plan plan(Trials trials, int cpus) {
    List<Cell> cells =
        WORKERS.stream()
            .map(workers -> new Cell(workers, Math.min(workers, cpus), MESSAGE_BYTES, TASK_NANOS))
            .toList();
    return trials.of(
        Hold.class.getName(),
        TrialKind.FOOTPRINT,
        cells,
        List.of(Model.FORK),
        Trials.budget(20, 500, 1000),
        BLOCKS);
  }

  static List<Check> run(Workbench bench, Trials trials, int cpus) throws IOException {
    Plan plan = plan(trials, cpus);
    ExtraFlags holding = new ExtraFlags(List.of(), List.of("-D" + Hold.BYTES + "=" + HELD_BYTES));
    Measured without = bench.measure("memory-without", plan, Work.microseconds(), Setting.PLAIN);
    Measured with = bench.measure("memory-with", plan, Work.microseconds(), Setting.of(holding));
    return judge(without, with);
  }

  static List<Check> judge(Measured without, Measured with) {
    String failure = without.failure() != null ? without.failure() : with.failure();
    if (failure != null) {
      return List.of(Check.failed(Step.MEMORY, "memory held", "a measurement", failure));
    }
    List<Check> checks = new ArrayList<>();
    for (int workers : WORKERS) {
      checks.add(judge("USS", MemorySample::ussBytes, workers, without, with));
      checks.add(judge("PSS", MemorySample::pssBytes, workers, without, with));
    }
    return checks;
  }

  private static Check judge(
      String name,
      ToLongFunction<MemorySample> size,
      int workers,
      Measured without,
      Measured with) {
    String claim =
        ComparisonText.format(
            "%s of %d worker%s that hold 64 MiB", name, workers, workers == 1 ? "" : "s");
    double truth = (double) workers * HELD_BYTES;
    String expected =
        ComparisonText.format("%.0f MiB more, ± %.0f%%", truth / MIB, 100 * TOLERANCE);
    OptionalDouble plain = mean(size, workers, without);
    OptionalDouble holding = mean(size, workers, with);
    if (plain.isEmpty() || holding.isEmpty()) {
      return Check.notMeasured(Step.MEMORY, claim, expected, "unknown on this system");
    }
    double more = holding.getAsDouble() - plain.getAsDouble();
    return Check.of(
        Step.MEMORY,
        claim,
        expected,
        ComparisonText.format(
            "%.1f MiB more (%.1f against %.1f MiB)",
            more / MIB, holding.getAsDouble() / MIB, plain.getAsDouble() / MIB),
        Math.abs(more / truth - 1) <= TOLERANCE,
        Map.of("without", plain.getAsDouble(), "with", holding.getAsDouble()));
  }

  private static OptionalDouble mean(
      ToLongFunction<MemorySample> size, int workers, Measured measured) {
    List<Long> sizes =
        measured.trials().stream()
            .filter(trial -> trial.planned().cell().workers() == workers)
            .map(Trial::memory)
            .flatMap(List::stream)
            .filter(sample -> sample.phase() == Phase.IDLE)
            .map(size::applyAsLong)
            .toList();
    return sizes.stream().anyMatch(bytes -> bytes < 0)
        ? OptionalDouble.empty()
        : sizes.stream().mapToDouble(Long::doubleValue).average();
  }
}
