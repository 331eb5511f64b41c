package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.instrument.Park;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.bench.selftest.Workbench.Work;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Latency against tasks that take 5 ms by the clock: the median is 5 ms and what the hand-over
/// takes.
final class LatencyStep {

  static final List<Model> MODELS = List.of(Model.INLINE, Model.THREADS, Model.VIRTUAL, Model.FORK);

  private static final long TASK_NANOS = 5_000_000;
  private static final int MESSAGE_BYTES = 64;

  /// No task ends early; the histogram's buckets are 0.1% wide.
  private static final double EARLY = 0.002;

  /// Handing a task over and back: some ten microseconds between threads, some hundred between
  /// processes.
  private static final double LATE_NANOS = 250_000;

  private static final double LATE_FORK_NANOS = 500_000;

  private LatencyStep() {}

  static Plan plan(Trials trials, int cpus) {
    return trials.of(
        Park.class.getName(),
        TrialKind.LATENCY,
        List.of(new Cell(cpus, cpus, MESSAGE_BYTES, TASK_NANOS)),
        MODELS,
        Trials.budget(100, 500, 12_000));
  }

  static List<Check> run(Workbench bench, Trials trials, int cpus) throws IOException {
    return judge(bench.measure("latency", plan(trials, cpus), Work.microseconds(), Setting.PLAIN));
  }

  static List<Check> judge(Measured measured) {
    String failure = measured.failure();
    if (failure != null) {
      return List.of(Check.failed(Step.LATENCY, "median latency", "a measurement", failure));
    }
    List<CellResult> results = Analyzer.analyze(measured.run(), measured.trials()).cells();
    double machineNanos =
        results.stream()
            .filter(result -> result.model() == Model.INLINE)
            .flatMap(result -> result.latency().stream())
            .mapToDouble(latency -> Math.max(0, latency.p50().value() - TASK_NANOS))
            .findFirst()
            .orElse(0);
    return results.stream().map(result -> judge(result, machineNanos)).toList();
  }

  /// @param machineNanos how late the machine wakes a thread that nobody hands a task to
  private static Check judge(CellResult result, double machineNanos) {
    Model model = result.model();
    double late =
        switch (model) {
          case INLINE -> LATE_NANOS;
          case FORK -> LATE_FORK_NANOS + machineNanos;
          default -> LATE_NANOS + machineNanos;
        };
    String claim = "median latency of tasks of 5 ms, " + model.id();
    String expected = ComparisonText.format("5.00 to %.2f ms", (TASK_NANOS + late) / 1e6);
    return result
        .latency()
        .map(latency -> {
          double p50 = latency.p50().value();
          return Check.of(
              Step.LATENCY,
              claim,
              expected,
              ComparisonText.format(
                  "%.3f ms (p99 %.3f ms, %d tasks)",
                  p50 / 1e6, latency.p99().value() / 1e6, latency.count()),
              p50 >= TASK_NANOS * (1 - EARLY) && p50 <= TASK_NANOS + late,
              Map.of("p50", p50, "p99", latency.p99().value()));
        })
        .orElseGet(() -> Check.failed(Step.LATENCY, claim, expected, "no latency was measured"));
  }
}
