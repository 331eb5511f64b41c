package dev.forklab.bench.selftest;

import dev.forklab.bench.experiment.ComparisonText;
import dev.forklab.bench.run.RunListener;
import dev.forklab.bench.selftest.Workbench.Measured;
import dev.forklab.bench.selftest.Workbench.Setting;
import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.TrialKind;
import dev.forklab.results.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A machine that is slowed on purpose: in the middle of each trial a neighbor begins to use every
/// CPU. Paired ratios must stand, and the warnings must appear.
final class DriftStep {

  static final List<Model> MODELS =
      List.of(Model.INLINE, Model.CONTROL, Model.THREADS, Model.INJECTED_0);

  private static final int BLOCKS = 2;

  /// The most: a trial that is not warm by then has no verdict that could stand.
  private static final long WARM_UP_MILLIS = 20_000;

  private DriftStep() {}

  static Plan plan(Trials trials, Cell cell) {
    return trials.of(
        trials.usual().workload(),
        TrialKind.THROUGHPUT,
        List.of(cell),
        MODELS,
        Trials.budget(20, WARM_UP_MILLIS, 9000),
        BLOCKS);
  }

  static List<Check> run(Workbench bench, Trials trials, Cell cell, Workbench.Work work)
      throws IOException {
    try (Neighbor neighbor = new Neighbor(cell.cpus())) {
      Setting setting =
          new Setting(Setting.PLAIN.flags(), (RunListener hears) -> neighbor.during(hears));
      return judge(bench.measure("drift", plan(trials, cell), work, setting));
    }
  }

  static List<Check> judge(Measured measured) {
    String failure = measured.failure();
    if (failure != null) {
      return List.of(Check.failed(Step.DRIFT, "a busy neighbor", "a measurement", failure));
    }
    Analysis analysis = Analyzer.analyze(measured.run(), measured.trials());
    List<Check> checks = new ArrayList<>();
    analysis.findings().stream()
        .filter(DriftStep::isThroughput)
        .map(DriftStep::stands)
        .forEach(checks::add);
    analysis.noise().stream()
        .filter(DriftStep::isThroughput)
        .map(DriftStep::stands)
        .forEach(checks::add);
    checks.add(warned(analysis, Warning.Kind.BUSY_MACHINE));
    checks.add(warned(analysis, Warning.Kind.DRIFT));
    return checks;
  }

  private static boolean isThroughput(Finding finding) {
    return finding.metric() == Metric.THROUGHPUT;
  }

  private static Check stands(Finding finding) {
    var ratio = finding.ratio();
    return Check.of(
        Step.DRIFT,
        "%s against itself while a neighbor comes and goes"
            .formatted(finding.against().role() == Model.Role.BASELINE ? "inline" : "threads"),
        "an interval that holds 1",
        ComparisonText.format("%.4f (%.4f to %.4f)", ratio.value(), ratio.low(), ratio.high()),
        ratio.low() <= 1 && ratio.high() >= 1,
        Map.of("ratio", ratio.value(), "low", ratio.low(), "high", ratio.high()));
  }

  private static Check warned(Analysis analysis, Warning.Kind kind) {
    return analysis.warnings().stream()
        .map(Analysis.PlacedWarning::warning)
        .filter(warning -> warning.kind() == kind)
        .findFirst()
        .map(warning -> warned(kind, warning.detail(), true))
        .orElseGet(() -> warned(kind, "no such warning", false));
  }

  private static Check warned(Warning.Kind kind, String detail, boolean held) {
    return Check.of(
        Step.DRIFT, "warning '" + kind.title() + "'", "the warning", detail, held, Map.of());
  }
}
