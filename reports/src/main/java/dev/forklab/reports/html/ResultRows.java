package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.CellResult.Effort;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.analysis.Footprint.Shares;
import dev.forklab.reports.analysis.Isolation;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Every number of a run, one row per cell, model and metric: what its files for programs hold. A
/// number that was not measured has no row.
final class ResultRows {

  private static final MathContext DIGITS = new MathContext(9);

  private final List<Row> rows = new ArrayList<>();

  private ResultRows() {}

  /// One number.
  ///
  /// @param metric what was measured
  /// @param against the other model of a comparison, else empty
  /// @param unit `per_second`, `nanos`, `bytes`, `ratio` or `count`
  /// @param verdict that of a comparison, from the model's side, else empty
  record Row(
      Cell cell,
      Model model,
      String metric,
      String against,
      String unit,
      Estimate estimate,
      String verdict) {}

  /// As many digits of a finite number as files hold.
  static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros();
  }

  static List<Row> of(Analysis analysis) {
    ResultRows all = new ResultRows();
    analysis.cells().forEach(all::cell);
    analysis.footprints().forEach(all::footprint);
    all.growth(analysis);
    all.isolations(analysis);
    analysis.openLoop().forEach(all::openLoop);
    analysis.findings().forEach(all::finding);
    analysis.noise().forEach(all::finding);
    return List.copyOf(all.rows);
  }

  private void cell(CellResult result) {
    Cell cell = result.cell();
    Model model = result.model();
    result.throughput().ifPresent(it -> add(cell, model, "throughput", "per_second", it));
    result.efficiency().ifPresent(it -> add(cell, model, "efficiency", "ratio", it));
    result.cpuNanosPerTask().ifPresent(it -> add(cell, model, "cpu_per_task", "nanos", it));
    result.latency().ifPresent(latency -> latency(cell, model, latency));
    int samples = result.throughput().map(Estimate::samples).orElse(0);
    result.effort().ifPresent(effort -> effort(cell, model, effort, samples));
  }

  private void effort(Cell cell, Model model, Effort effort, int samples) {
    counted(
        cell,
        model,
        "voluntary_switches_per_task",
        "count",
        effort.voluntarySwitchesPerTask(),
        samples);
    counted(
        cell,
        model,
        "involuntary_switches_per_task",
        "count",
        effort.involuntarySwitchesPerTask(),
        samples);
    counted(cell, model, "collection_share", "ratio", effort.collectionShare(), samples);
    counted(cell, model, "allocated_per_task", "bytes", effort.allocatedBytesPerTask(), samples);
  }

  private void counted(
      Cell cell, Model model, String metric, String unit, double value, int samples) {
    if (value >= 0) {
      add(cell, model, metric, unit, bare(value, samples));
    }
  }

  private void latency(Cell cell, Model model, Latency latency) {
    add(cell, model, "latency_p50", "nanos", latency.p50());
    add(cell, model, "latency_p90", "nanos", latency.p90());
    add(cell, model, "latency_p99", "nanos", latency.p99());
    int samples = latency.p99().samples();
    add(cell, model, "latency_p999", "nanos", bare(latency.p999(), samples));
    add(cell, model, "latency_max", "nanos", bare(latency.max(), samples));
    add(cell, model, "latency_tasks", "count", bare((double) latency.count(), samples));
  }

  private void footprint(Footprint footprint) {
    Cell cell = footprint.cell();
    Model model = footprint.model();
    add(cell, model, "start_up_first_reply", "nanos", footprint.firstReply());
    add(cell, model, "start_up_all_replies", "nanos", footprint.allReplies());
    add(cell, model, "start_up_coldest", "nanos", footprint.coldest());
    shares(cell, model, footprint.shares());
    for (Phase phase : Phase.values()) {
      Memory memory = footprint.memory().get(phase);
      if (memory != null) {
        String suffix = "_" + lower(phase);
        add(cell, model, "pss" + suffix, "bytes", memory.pss());
        add(cell, model, "uss" + suffix, "bytes", memory.uss());
        add(cell, model, "rss" + suffix, "bytes", memory.rss());
        add(cell, model, "heap_used" + suffix, "bytes", memory.heapUsed());
        add(cell, model, "heap_committed" + suffix, "bytes", memory.heapCommitted());
      }
    }
  }

  private void shares(Cell cell, Model model, Shares shares) {
    add(cell, model, "pss_peak", "bytes", shares.peakPss());
    add(cell, model, "heap_pss_loaded", "bytes", shares.heap());
    add(cell, model, "outside_heap_pss_loaded", "bytes", shares.outsideHeap());
    add(cell, model, "saved_by_archives_loaded", "bytes", shares.savedByArchives());
  }

  /// The cell of a slope over workers is the one with most of them.
  private void growth(Analysis analysis) {
    new TreeMap<>(analysis.memoryPerWorker())
        .forEach((model, bytes) ->
            analysis.footprints().stream()
                .filter(footprint -> footprint.model() == model)
                .map(Footprint::cell)
                .max(Comparator.comparingInt(Cell::workers))
                .ifPresent(cell -> add(cell, model, "memory_per_worker", "bytes", bytes)));
  }

  private void isolations(Analysis analysis) {
    for (Isolation found : analysis.isolations()) {
      Cell cell = found.cell();
      String against = found.against().id();
      add(cell, found.model(), "isolated_ratio", against, "ratio", found.isolated(), "");
      add(cell, found.model(), "interleaved_ratio", against, "ratio", found.interleaved(), "");
    }
  }

  private void openLoop(OpenLoopResult result) {
    String at = "open_loop_" + Math.round(100 * result.load()) + "_";
    int trials = result.trials();
    add(result, at + "capacity", "per_second", bare(result.capacity(), trials));
    add(result, at + "offered", "per_second", bare(result.offered(), trials));
    add(result, at + "achieved", "per_second", bare(result.achieved(), trials));
    add(result, at + "p50", "nanos", bare(result.p50(), trials));
    add(result, at + "p90", "nanos", bare(result.p90(), trials));
    add(result, at + "p99", "nanos", bare(result.p99(), trials));
    add(result, at + "max", "nanos", bare(result.max(), trials));
  }

  private void add(OpenLoopResult result, String metric, String unit, Estimate estimate) {
    add(result.cell(), result.model(), metric, unit, estimate);
  }

  private void finding(Finding finding) {
    add(
        finding.cell(),
        finding.model(),
        lower(finding.metric()) + "_ratio",
        finding.against().id(),
        "ratio",
        finding.ratio(),
        verdict(finding.verdict()));
  }

  private static Estimate bare(double value, int samples) {
    return new Estimate(value, value, value, samples);
  }

  private void add(Cell cell, Model model, String metric, String unit, Estimate estimate) {
    add(cell, model, metric, "", unit, estimate, "");
  }

  private void add(
      Cell cell,
      Model model,
      String metric,
      String against,
      String unit,
      Estimate estimate,
      String verdict) {
    if (!estimate.known()) {
      return;
    }
    rows.add(new Row(cell, model, metric, against, unit, estimate, verdict));
  }

  private static String verdict(Verdict verdict) {
    return verdict == Verdict.UNMEASURED ? Verdict.UNMEASURED_WORDS : lower(verdict);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
