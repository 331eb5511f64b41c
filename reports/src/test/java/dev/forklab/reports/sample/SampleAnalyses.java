package dev.forklab.reports.sample;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analysis.PlacedWarning;
import dev.forklab.reports.analysis.Answer;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.EarlyTaskTimes;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.analysis.Stopping;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.cost.CostModel;
import dev.forklab.reports.cost.KnownCosts;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Warning;
import dev.forklab.results.sample.SampleRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Analyses with numbers of the size that a small cloud machine gives.
public final class SampleAnalyses {

  private static final double INLINE_PER_SECOND = 968;
  private static final double MEBIBYTE = 1 << 20;

  private SampleAnalyses() {}

  /// A complete run of the default models.
  public static Analysis complete() {
    return of(SampleRuns.MODELS);
  }

  /// A complete run with the JDK's executors beside the candidates.
  public static Analysis withReferences() {
    return of(SampleRuns.WITH_REFERENCES);
  }

  /// The complete run, but on a machine whose every name is an attack.
  public static Analysis hostile() {
    Analysis complete = complete();
    return analysis(
        SampleRuns.hostile(),
        complete.trialsDone(),
        new Answer(
            "<script>alert('headline')</script>",
            List.of("<img src=x onerror=alert(1)>", "| a | b |", "[link](javascript:alert(1))"),
            List.of("</section></main>\u202E\u0000")),
        complete.cells(),
        complete.footprints(),
        complete.openLoop(),
        complete.findings(),
        complete.noise(),
        complete.noiseFloor(),
        List.of(
            new PlacedWarning(
                new Warning(Warning.Kind.BUSY_MACHINE, "<b>\"95%\"</b>"), "\"><script>")));
  }

  /// The complete run, but fork was measured too roughly to be compared with threads where messages
  /// are largest, and to be called a share of ideal at the base.
  public static Analysis rough() {
    Analysis complete = complete();
    Estimate wide = new Estimate(0.777, 0.444, 1.36, 3);
    return analysis(
        complete.run(),
        complete.trialsDone(),
        complete.answer(),
        complete.cells().stream()
            .map(found ->
                found.model() == Model.FORK && found.cell().equals(SampleRuns.cell(2, 4096))
                    ? result(
                        found.cell(),
                        Model.FORK,
                        found.throughput().orElseThrow(),
                        Optional.of(wide),
                        found.latency())
                    : found)
            .toList(),
        complete.footprints(),
        complete.openLoop(),
        complete.findings().stream()
            .map(found ->
                found.against() == Model.THREADS && found.cell().equals(SampleRuns.cell(2, 1 << 20))
                    ? new Finding(
                        found.metric(),
                        found.cell(),
                        found.model(),
                        found.against(),
                        wide,
                        Verdict.UNMEASURED)
                    : found)
            .toList(),
        complete.noise(),
        complete.noiseFloor(),
        complete.warnings());
  }

  /// The complete run, with a model of cost.
  public static Analysis withCosts() {
    Analysis of = complete();
    return new Analysis(
        of.run(),
        of.trialsDone(),
        of.answer(),
        of.cells(),
        of.footprints(),
        of.openLoop(),
        of.findings(),
        of.noise(),
        of.noiseFloor(),
        Optional.of(CostModel.of(new KnownCosts(1, 0.01, 0.01).data())),
        of.taskTimes(),
        of.isolations(),
        of.memoryPerWorker(),
        of.jvms(),
        of.stopping(),
        of.warnings());
  }

  /// The complete run, but its tasks took 0.72 ms instead of the 1 ms that they were asked to.
  public static Analysis shortTasks() {
    Analysis complete = complete();
    return analysis(
        SampleRuns.shortTasks(720_000),
        complete.trialsDone(),
        new Answer("Made up.", List.of(), List.of()),
        complete.cells(),
        complete.footprints(),
        complete.openLoop(),
        complete.findings(),
        complete.noise(),
        complete.noiseFloor(),
        complete.warnings());
  }

  /// A run that was interrupted during its first trial.
  public static Analysis empty() {
    return analysis(
        SampleRuns.run(SampleRuns.MODELS),
        0,
        new Answer("Nothing was measured yet.", List.of(), List.of("No trial has finished.")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(
            new PlacedWarning(
                new Warning(Warning.Kind.INCOMPLETE, "0 of 42 trials are done"), "run")));
  }

  /// A run that was interrupted after one throughput trial of one cell: no interval anywhere.
  public static Analysis interrupted() {
    Cell cell = SampleRuns.cell(1, 4096);
    return analysis(
        SampleRuns.run(SampleRuns.MODELS),
        1,
        new Answer(
            "Too little was measured for a verdict.",
            List.of(),
            List.of("1 of 42 trials is done.")),
        List.of(
            result(cell, Model.INLINE, point(968), Optional.empty(), Optional.empty()),
            result(cell, Model.FORK, point(921), Optional.of(point(0.951)), Optional.empty()),
            result(cell, Model.THREADS, point(955), Optional.of(point(0.987)), Optional.empty())),
        List.of(),
        List.of(),
        List.of(
            new Finding(
                Metric.THROUGHPUT,
                cell,
                Model.FORK,
                Model.THREADS,
                point(0.964),
                Verdict.UNMEASURED)),
        List.of(),
        Optional.empty(),
        List.of(
            new PlacedWarning(
                new Warning(Warning.Kind.INCOMPLETE, "1 of 42 trials is done"), "run")));
  }

  /// A run of one cell and one model with exactly these numbers.
  public static Analysis interrupted(Estimate throughput, Estimate efficiency, Latency latency) {
    Analysis interrupted = interrupted();
    Cell cell = SampleRuns.cell(1, 4096);
    return analysis(
        interrupted.run(),
        1,
        interrupted.answer(),
        List.of(
            result(cell, Model.FORK, throughput, Optional.of(efficiency), Optional.of(latency))),
        List.of(),
        List.of(),
        List.of(
            new Finding(
                Metric.THROUGHPUT,
                cell,
                Model.FORK,
                Model.THREADS,
                throughput,
                Verdict.UNMEASURED)),
        List.of(),
        Optional.empty(),
        interrupted.warnings());
  }

  private static Analysis of(List<Model> models) {
    List<CellResult> results = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Finding> noise = new ArrayList<>();
    for (Cell cell : SampleRuns.cells()) {
      for (Model model : models) {
        results.add(result(cell, model));
      }
      findings.addAll(findings(cell, models));
      Estimate same = new Estimate(1.001, 0.990, 1.012, 3);
      noise.add(
          new Finding(Metric.THROUGHPUT, cell, Model.CONTROL, Model.INLINE, same, Verdict.SAME));
    }
    return analysis(
        SampleRuns.run(models),
        42,
        answer(),
        results,
        footprints(),
        openLoop(),
        findings,
        noise,
        Optional.of(new Estimate(1.001, 0.994, 1.008, 21)),
        warnings());
  }

  private static List<OpenLoopResult> openLoop() {
    Cell cell = new Cell(2, 2, 4096, 1_000_000);
    return List.of(
        new OpenLoopResult(
            cell,
            Model.FORK,
            0.9,
            1800,
            1620,
            1618,
            1.31e6,
            2.6e6,
            6.4e6,
            6.1e6,
            6.8e6,
            9.1e6,
            3240,
            2,
            1),
        new OpenLoopResult(
            cell,
            Model.THREADS,
            0.9,
            1940,
            1620,
            1620,
            1.12e6,
            1.9e6,
            3.3e6,
            3.2e6,
            3.5e6,
            5.2e6,
            3240,
            2,
            1));
  }

  private static Answer answer() {
    return new Answer(
        "Use threads here: forked processes reach 93% of their throughput and need four times the"
            + " memory; fork only what must be able to crash alone.",
        List.of(
            "Forked processes reach 0.931 ± 0.014 of platform threads’ throughput with 2 workers"
                + " (1 ms tasks, 4 KiB messages).",
            "Virtual threads are the same as platform threads within 3%: 0.996 ± 0.011.",
            "With 1 MiB messages forked processes fall to 0.412 ± 0.018: every message is copied"
                + " twice and parsed.",
            "Two child JVMs cost 184 MiB (PSS) and 312 ms until both have replied; two threads cost"
                + " 1.6 ms."),
        List.of(
            "One machine with 2 CPUs: 4 and 8 workers are oversubscription, not scaling.",
            "A virtual machine: trust ratios, not absolute times."));
  }

  private static List<PlacedWarning> warnings() {
    return List.of(
        new PlacedWarning(new Warning(Warning.Kind.VIRTUAL_MACHINE, "KVM"), "host"),
        new PlacedWarning(
            new Warning(Warning.Kind.OVERSUBSCRIBED, "4 and 8 workers on 2 CPUs"),
            "4 and 8 workers"),
        new PlacedWarning(
            new Warning(Warning.Kind.CPU_STEAL, "0.8% of CPU time was stolen"),
            "2 workers, 64 KiB"));
  }

  private static CellResult result(Cell cell, Model model) {
    boolean baseline = model.role() == Model.Role.BASELINE || model.role() == Model.Role.CONTROL;
    double share = share(cell, model);
    double throughput = INLINE_PER_SECOND * (baseline ? 1 : cell.cpus() * share);
    return result(
        cell,
        model,
        around(throughput, 0.017),
        baseline ? Optional.empty() : Optional.of(around(share, 0.012)),
        Optional.of(latency(cell, model, share)));
  }

  private static CellResult result(
      Cell cell,
      Model model,
      Estimate throughput,
      Optional<Estimate> efficiency,
      Optional<Latency> latency) {
    List<String> flags =
        model == Model.FORK && cell.workers() == 8 ? List.of("3 slices are outliers") : List.of();
    return new CellResult(
        cell,
        model,
        Optional.of(throughput),
        efficiency,
        Optional.of(around(1_031_000 / share(cell, model), 0.008)),
        latency,
        flags);
  }

  private static Latency latency(Cell cell, Model model, double share) {
    double p50 = 1_033_000 / share * cell.workers() / cell.cpus();
    double tail = model == Model.FORK ? 1.9 : model == Model.VIRTUAL ? 1.6 : 1.5;
    return new Latency(
        around(p50, 0.006),
        around(p50 * 1.08, 0.011),
        around(p50 * tail, 0.06),
        p50 * tail * 2.3,
        p50 * tail * 6.1,
        18_400);
  }

  private static double share(Cell cell, Model model) {
    double base =
        switch (model) {
          case INLINE, CONTROL -> 1;
          case FORK ->
              cell.messageBytes() >= 1 << 20 ? 0.40 : cell.messageBytes() >= 65536 ? 0.79 : 0.905;
          case FORK_BINARY -> cell.messageBytes() >= 1 << 20 ? 0.70 : 0.96;
          case THREADS -> 0.972;
          case VIRTUAL -> 0.968;
          case JDK_FIXED -> 0.975;
          case JDK_VIRTUAL -> 0.961;
          case JDK_FORKJOIN -> 0.970;
          case NODE -> 0.84;
          case NODE_BINARY -> 0.86;
          case NODE_THREADS -> 0.93;
          case PYTHON -> 0.88;
          case INJECTED_0, INJECTED_1, INJECTED_2, INJECTED_3, INJECTED_5, INJECTED_10 -> 1;
        };
    return cell.oversubscribed() && base < 1 ? base * 0.97 : base;
  }

  private static List<Finding> findings(Cell cell, List<Model> models) {
    List<Finding> findings = new ArrayList<>();
    List<List<Model>> pairs =
        List.of(
            List.of(Model.FORK, Model.THREADS),
            List.of(Model.FORK, Model.VIRTUAL),
            List.of(Model.THREADS, Model.VIRTUAL),
            List.of(Model.THREADS, Model.JDK_FIXED),
            List.of(Model.VIRTUAL, Model.JDK_VIRTUAL));
    for (List<Model> pair : pairs) {
      if (models.containsAll(pair)) {
        for (Metric metric : Metric.values()) {
          findings.add(finding(metric, cell, pair.getFirst(), pair.getLast()));
        }
      }
    }
    return findings;
  }

  private static Finding finding(Metric metric, Cell cell, Model model, Model against) {
    double more = share(cell, model) / share(cell, against);
    boolean moreIsBetter = metric == Metric.THROUGHPUT;
    double ratio = moreIsBetter ? more : 1 / more;
    double width = metric == Metric.LATENCY_P99 ? 0.09 : cell.workers() == 8 ? 0.034 : 0.014;
    Estimate estimate = new Estimate(ratio, ratio - width, ratio + width, 3);
    double better = moreIsBetter ? 1 : -1;
    Verdict verdict;
    if (estimate.low() > 0.97 && estimate.high() < 1.03) {
      verdict = Verdict.SAME;
    } else if (better * (ratio - 1) > width) {
      verdict = Verdict.FASTER;
    } else if (better * (1 - ratio) > width) {
      verdict = Verdict.SLOWER;
    } else {
      verdict = Verdict.INCONCLUSIVE;
    }
    return new Finding(metric, cell, model, against, estimate, verdict);
  }

  private static List<Footprint> footprints() {
    List<Footprint> footprints = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4, 8}) {
      Cell cell = SampleRuns.cell(workers, 4096);
      footprints.add(footprint(cell, Model.FORK, 171e6, 62e6 * workers, 250e6 + 31e6 * workers));
      footprints.add(footprint(cell, Model.THREADS, 1.3e6, 0.9e6 * workers, 1.1e6));
      footprints.add(footprint(cell, Model.VIRTUAL, 2.1e6, 0.4e6 * workers, 1.6e6));
    }
    return footprints;
  }

  private static Footprint footprint(
      Cell cell, Model model, double firstNanos, double extraBytes, double allNanos) {
    double parent = 58 * MEBIBYTE;
    return new Footprint(
        cell,
        model,
        around(firstNanos, 0.05),
        around(allNanos + firstNanos / 4, 0.07),
        Map.of(
            Phase.IDLE, memory(parent + extraBytes * 0.72),
            Phase.LOADED, memory(parent + extraBytes)));
  }

  private static Memory memory(double pss) {
    return new Memory(
        around(pss, 0.02),
        around(pss * 0.86, 0.02),
        around(pss * 1.31, 0.02),
        around(pss * 0.2, 0.08),
        around(pss * 0.35, 0.0));
  }

  private static Estimate around(double value, double share) {
    return new Estimate(value, value * (1 - share), value * (1 + share), 3);
  }

  private static Estimate point(double value) {
    return new Estimate(value, value, value, 1);
  }

  /// An analysis of a run that ends with its plan and has no cross-check.
  private static Analysis analysis(
      Run run,
      int trialsDone,
      Answer answer,
      List<CellResult> cells,
      List<Footprint> footprints,
      List<OpenLoopResult> openLoop,
      List<Finding> findings,
      List<Finding> noise,
      Optional<Estimate> noiseFloor,
      List<PlacedWarning> warnings) {
    return new Analysis(
        run,
        trialsDone,
        answer,
        cells,
        footprints,
        openLoop,
        findings,
        noise,
        noiseFloor,
        Optional.empty(),
        EarlyTaskTimes.of(run),
        List.of(),
        Map.of(),
        List.of(),
        new Stopping.NoGoal(),
        warnings);
  }
}
