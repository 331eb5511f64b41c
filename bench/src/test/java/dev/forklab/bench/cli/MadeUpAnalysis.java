package dev.forklab.bench.cli;

import dev.forklab.bench.run.TinyRun;
import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Answer;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.Stopping.NoGoal;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run on a noisy machine of two CPUs found, with numbers as such a machine gives them.
final class MadeUpAnalysis {

  private static final Cell CELL = new Cell(2, 2, 4096, 1_000_000);
  private static final double MEBIBYTE = 1 << 20;
  private static final double TRIAL_NANOS = 26e9;

  private MadeUpAnalysis() {}

  /// Most of its comparisons are decided, one is not, one is too wide to be shown.
  static Analysis noisy() {
    return analysis(
        List.of(
            result(Model.VIRTUAL, 1523, 1.29, 4.28),
            result(Model.THREADS, 1518, 1.32, 4.44),
            result(Model.FORK, 1388, 1.43, 5.58),
            result(Model.FORK_BINARY, 1462, 1.38, 6.02),
            result(Model.NODE, 1021, 1.91, 11.9)),
        List.of(
            finding(Model.FORK, Model.VIRTUAL, 0.91, 0.87, 0.952, Verdict.SLOWER),
            finding(Model.FORK_BINARY, Model.VIRTUAL, 0.96, 0.91, 1.013, Verdict.INCONCLUSIVE),
            finding(Model.THREADS, Model.VIRTUAL, 0.997, 0.981, 1.013, Verdict.SAME),
            finding(Model.VIRTUAL, Model.NODE, 1.49, 0.8, 2.7, Verdict.UNMEASURED)),
        List.of(
            footprint(Model.FORK, 504e6, 186),
            footprint(Model.FORK_BINARY, 500e6, 181),
            footprint(Model.THREADS, 3.75e6, 106),
            footprint(Model.VIRTUAL, 2.85e6, 106)),
        new Answer(
            "On this machine (2 CPUs), for 1.17 ms tasks (asked for: 1 ms) with 4 KiB messages:"
                + " choose virtual or platform threads unless one task's crash must not take down"
                + " the others.",
            List.of("Only the report says this."),
            List.of(
                "Machine was busy (2 workers, 4 KiB messages, 1 ms tasks): close other programs.",
                "3 of 39 comparisons of throughput are inconclusive, which is not the same as"
                    + " equal.",
                "This is the workload ’seal’ on one machine."),
            1));
  }

  /// One model, throughput alone.
  static Analysis lone() {
    return analysis(
        List.of(
            new CellResult(
                CELL,
                Model.THREADS,
                Optional.of(around(1518)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of())),
        List.of(),
        List.of(),
        new Answer("Too little was measured for an answer.", List.of(), List.of()));
  }

  private static Analysis analysis(
      List<CellResult> results, List<Finding> findings, List<Footprint> footprints, Answer answer) {
    return new Analysis(
        TinyRun.of(1),
        30,
        answer,
        results,
        footprints,
        List.of(),
        new ArrayList<>(findings),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new TaskTimes(Map.of(CELL, 1.17e6)),
        List.of(),
        Map.of(),
        List.of(),
        new NoGoal(Map.of(), TRIAL_NANOS),
        List.of());
  }

  private static CellResult result(Model model, double throughput, double p50, double p99) {
    return new CellResult(
        CELL,
        model,
        Optional.of(around(throughput)),
        Optional.empty(),
        Optional.of(around(1.34e6)),
        Optional.of(
            new Latency(
                around(p50 * 1e6), around(p50 * 1.2e6), around(p99 * 1e6), 2e7, 4e7, 12_000)),
        List.of());
  }

  private static Finding finding(
      Model model, Model against, double value, double low, double high, Verdict verdict) {
    return new Finding(
        Metric.THROUGHPUT, CELL, model, against, new Estimate(value, low, high, 8), verdict);
  }

  private static Footprint footprint(Model model, double startNanos, double mebibytes) {
    Estimate size = around(mebibytes * MEBIBYTE);
    return new Footprint(
        CELL,
        model,
        around(startNanos),
        around(startNanos),
        Map.of(Phase.LOADED, new Memory(size, size, size, size, size)));
  }

  private static Estimate around(double value) {
    return new Estimate(value, 0.99 * value, 1.01 * value, 8);
  }
}
