package dev.forklab.reports.analysis;

import dev.forklab.reports.cost.CostModel;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.Trial;
import dev.forklab.results.TrialKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns a run's records into all that a report shows.
///
/// Pure: the same records give the same analysis, bootstrap included, whose seeds are the trials'.
/// Whatever is missing (no trial yet, a run cut in the middle, a trial that failed) leaves its
/// fields empty and, where it matters, a warning; it never throws.
public final class Analyzer {

  private Analyzer() {}

  /// Analyzes `trials` of `run`.
  public static Analysis analyze(Run run, List<Trial> trials) {
    List<Trial> done = Trial.latest(trials);
    CellTrials throughputTrials = CellTrials.of(TrialKind.THROUGHPUT, run.plan(), done);
    Throughput throughput = new Throughput(throughputTrials);
    CpuPerTask cpu = new CpuPerTask(throughputTrials);
    Latencies latencies = new Latencies(CellTrials.of(TrialKind.LATENCY, run.plan(), done));
    List<Measurements> metrics = metrics(throughput, cpu, latencies);
    List<Model> models = models(run, done);
    List<CellResult> cells =
        new CellResults(throughput, cpu, latencies).of(cells(run, done), models);
    List<Footprint> footprints = Footprints.of(run.plan(), done);
    List<Finding> findings =
        Findings.of(
            metrics,
            models,
            run.plan().base(),
            Steadiness.stillWarmingUp(throughputTrials, models));
    List<Finding> noise =
        metrics.stream().flatMap(metric -> Findings.noise(metric).stream()).toList();
    NoiseFloor floor = NoiseFloor.of(throughput);
    Optional<Estimate> noiseFloor = floor.pooled().map(Estimates::of);
    Stopping stopping = Stopping.after(run, trials);
    List<Isolation> isolations = Isolations.of(run.plan(), done, throughput);
    List<OpenLoopResult> openLoop = OpenLoops.of(done);
    TaskTimes taskTimes = TaskTimes.of(run, throughputTrials);
    List<Analysis.PlacedWarning> warnings =
        Warnings.of(
            run,
            done,
            throughput,
            floor,
            new Warnings.Seen(
                latencies.unreadable(), stopping.due(run.plan()), isolations, openLoop, taskTimes));
    Answer answer =
        Answers.of(
            new Facts(
                run,
                count(done),
                cells,
                footprints,
                findings,
                noise,
                noiseFloor,
                taskTimes,
                isolations,
                stopping,
                warnings));
    return new Analysis(
        run,
        count(done),
        answer,
        cells,
        footprints,
        openLoop,
        findings,
        noise,
        noiseFloor,
        Facts.grid(run, findings, cells)
            .base()
            .map(base ->
                CostModel.of(CostPoints.of(run, base, models, throughput, taskTimes, done, cells))),
        taskTimes,
        isolations,
        MemoryGrowth.of(done),
        JvmGroup.of(done),
        stopping,
        warnings);
  }

  /// Everything that models are compared by.
  static List<Measurements> metrics(Throughput throughput, CpuPerTask cpu, Latencies latencies) {
    return List.of(
        throughput,
        new LatencyQuantile(latencies, Metric.LATENCY_P50, LatencyQuantile.P50),
        new LatencyQuantile(latencies, Metric.LATENCY_P99, LatencyQuantile.P99),
        cpu);
  }

  private static int count(List<Trial> done) {
    return (int) done.stream().filter(trial -> trial.failure() == null).count();
  }

  static List<Model> models(Run run, List<Trial> trials) {
    Set<Model> models = new LinkedHashSet<>(run.plan().models());
    trials.forEach(trial -> models.addAll(trial.planned().models()));
    return List.copyOf(models);
  }

  private static List<Cell> cells(Run run, List<Trial> trials) {
    Set<Cell> cells = new LinkedHashSet<>(run.plan().cells());
    trials.forEach(trial -> cells.add(trial.planned().cell()));
    return new ArrayList<>(cells);
  }
}
