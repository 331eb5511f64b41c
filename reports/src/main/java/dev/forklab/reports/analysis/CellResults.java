package dev.forklab.reports.analysis;

import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Model.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// The table of a run: what was measured of each model in each cell.
final class CellResults {

  private static final double P999 = 99.9;

  private final Throughput throughput;
  private final CpuPerTask cpu;
  private final Latencies latencies;

  CellResults(Throughput throughput, CpuPerTask cpu, Latencies latencies) {
    this.throughput = throughput;
    this.cpu = cpu;
    this.latencies = latencies;
  }

  /// For each cell of `cells` every model of `models` of which anything was measured.
  List<CellResult> of(List<Cell> cells, List<Model> models) {
    Map<Model, Columns> columns = new HashMap<>();
    models.forEach(model -> columns.put(model, columns(model)));
    List<CellResult> results = new ArrayList<>();
    for (Cell cell : cells) {
      for (Model model : models) {
        Columns found = columns.get(model);
        if (found != null) {
          found.result(cell, model).ifPresent(results::add);
        }
      }
    }
    return results;
  }

  private Columns columns(Model model) {
    boolean hasIdeal = model.role() != Role.BASELINE && model.role() != Role.CONTROL;
    return new Columns(
        throughput.of(model),
        hasIdeal ? throughput.ratio(model, Model.INLINE) : Map.of(),
        cpu.of(model),
        latency(model),
        new Efforts(throughput.trials()),
        Flags.of(throughput.trials(), model));
  }

  private Map<Cell, Latency> latency(Model model) {
    Map<Cell, StudentEstimate> p50 = quantile(model, LatencyQuantile.P50);
    Map<Cell, StudentEstimate> p90 = quantile(model, LatencyQuantile.P90);
    Map<Cell, StudentEstimate> p99 = quantile(model, LatencyQuantile.P99);
    Map<Cell, Latency> byCell = new HashMap<>();
    p50.forEach((cell, middle) -> {
      StudentEstimate high = p90.get(cell);
      StudentEstimate higher = p99.get(cell);
      if (high != null && higher != null) {
        byCell.put(cell, latency(cell, model, List.of(middle, high, higher)));
      }
    });
    return byCell;
  }

  private Map<Cell, StudentEstimate> quantile(Model model, int share) {
    return new LatencyQuantile(latencies, Metric.LATENCY_P50, share).of(model);
  }

  private Latency latency(Cell cell, Model model, List<StudentEstimate> percentiles) {
    Histogram all = latencies.all(cell, model);
    return new Latency(
        Estimates.of(percentiles.get(0)),
        Estimates.of(percentiles.get(1)),
        Estimates.of(percentiles.get(2)),
        all.getValueAtPercentile(P999),
        all.getMaxValue(),
        all.getTotalCount());
  }

  private record Columns(
      Map<Cell, StudentEstimate> throughput,
      Map<Cell, StudentEstimate> againstInline,
      Map<Cell, StudentEstimate> cpu,
      Map<Cell, Latency> latency,
      Efforts efforts,
      Map<Cell, List<String>> flags) {

    Optional<CellResult> result(Cell cell, Model model) {
      Optional<Estimate> tasks = estimate(throughput, cell);
      Optional<Estimate> efficiency =
          estimate(againstInline, cell).map(ratio -> Estimates.scaled(ratio, 1.0 / cell.cpus()));
      Optional<Estimate> cpuNanos = estimate(cpu, cell);
      Optional<Latency> times = Optional.ofNullable(latency.get(cell));
      if (tasks.isEmpty() && times.isEmpty() && cpuNanos.isEmpty()) {
        return Optional.empty();
      }
      List<String> notes = flags.getOrDefault(cell, List.of());
      return Optional.of(
          new CellResult(
              cell,
              model,
              tasks,
              efficiency,
              cpuNanos,
              times,
              efforts.of(cell, model),
              notes,
              slices(cell, model)));
    }

    private int slices(Cell cell, Model model) {
      return efforts.trials().byCell().getOrDefault(cell, List.of()).stream()
          .flatMap(trial -> trial.stints(model).stream())
          .mapToInt(TrialRounds.Stint::slices)
          .sum();
    }

    private static Optional<Estimate> estimate(Map<Cell, StudentEstimate> of, Cell cell) {
      return Optional.ofNullable(of.get(cell)).map(Estimates::of);
    }
  }
}
