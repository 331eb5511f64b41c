package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.Finding;
import dev.forklab.reports.analysis.Footprint;
import dev.forklab.reports.analysis.Footprint.Memory;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.OpenLoopResult;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.analysis.Wording;
import dev.forklab.results.Cell;
import dev.forklab.results.MemorySample.Phase;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Titles that say what is seen. They quote findings and estimates and compute nothing.
final class Sentences {

  private Sentences() {}

  static String throughput(Analysis analysis, Sweep sweep) {
    return sweep
        .focus()
        .flatMap(cell -> main(analysis, Metric.THROUGHPUT, cell))
        .map(finding -> verdict(finding) + " with " + Sweep.workers(finding.cell().workers()))
        .orElse("Throughput by number of workers");
  }

  static String efficiency(Sweep sweep) {
    Optional<Cell> focus = sweep.focus();
    List<String> parts = new ArrayList<>();
    for (Model model : sweep.candidates()) {
      focus
          .flatMap(cell -> sweep.result(cell, model))
          .flatMap(CellResult::efficiency)
          .filter(Estimate::known)
          .ifPresent(share ->
              parts.add(
                  model.id()
                      + " "
                      + (share.tooWide()
                          ? Verdict.UNMEASURED_WORDS
                          : Quantity.percent(share.value()))));
    }
    return focus.isEmpty() || parts.isEmpty()
        ? "Efficiency by number of workers"
        : "Share of ideal with "
            + Sweep.workers(focus.get().workers())
            + ": "
            + String.join(", ", parts);
  }

  static String latency(Sweep sweep, Cell cell) {
    List<String> parts = new ArrayList<>();
    for (Model model : sweep.candidates()) {
      sweep
          .result(cell, model)
          .flatMap(CellResult::latency)
          .filter(latency -> latency.p99().known())
          .ifPresent(
              latency -> parts.add(Quantity.time(latency.p99().value()) + " by " + model.id()));
    }
    return parts.isEmpty()
        ? "Latency percentiles"
        : "99 of 100 tasks are answered within " + String.join(", ", parts);
  }

  static String openLoop(List<OpenLoopResult> results, double load) {
    List<String> parts = new ArrayList<>();
    for (OpenLoopResult result : results) {
      if (result.load() == load && result.model().role() == Model.Role.CANDIDATE) {
        parts.add(Quantity.time(result.p99()) + " by " + result.model().id());
      }
    }
    return parts.isEmpty()
        ? "Latency when tasks arrive on a schedule"
        : "At "
            + Quantity.percent(load)
            + " load, 99 of 100 tasks are answered within "
            + String.join(", ", parts)
            + " of when they were due";
  }

  static String overSizes(Analysis analysis, Sweep sweep, Metric metric) {
    List<Cell> cells = sweep.overSizes();
    String what = metric == Metric.THROUGHPUT ? "Throughput" : "Median latency";
    if (cells.size() < 2) {
      return what + " by message size";
    }
    Optional<Finding> small = main(analysis, metric, cells.getFirst());
    Optional<Finding> large = main(analysis, metric, cells.getLast());
    if (small.isEmpty() || large.isEmpty() || small.get().model() != large.get().model()) {
      return what + " by message size";
    }
    return what
        + " of "
        + small.get().model().label()
        + ": "
        + share(small.get())
        + (small.get().verdict() == Verdict.UNMEASURED
            ? " against "
            : metric == Metric.THROUGHPUT ? " of " : " ")
        + small.get().against().label()
        + " with "
        + Quantity.size(cells.getFirst().messageBytes())
        + " messages, "
        + share(large.get())
        + " with "
        + Quantity.size(cells.getLast().messageBytes());
  }

  private static String share(Finding finding) {
    if (finding.verdict() == Verdict.UNMEASURED) {
      return Verdict.UNMEASURED_WORDS;
    }
    double ratio = finding.ratio().value();
    return finding.metric() == Metric.THROUGHPUT
        ? Quantity.percent(ratio)
        : Quantity.number(ratio) + " times";
  }

  static String memory(Analysis analysis, Function<Memory, Estimate> size) {
    return footprint(
        analysis,
        "Memory of %s under load: ",
        footprint -> loaded(footprint, size).map(bytes -> Quantity.memory(bytes.value())),
        "Memory by number of workers");
  }

  static String uniqueMemory(Analysis analysis) {
    return footprint(
        analysis,
        "Unshared memory of %s under load: ",
        footprint -> loaded(footprint, Memory::uss).map(bytes -> Quantity.memory(bytes.value())),
        "Unshared memory by number of workers");
  }

  static String startUp(Analysis analysis) {
    return footprint(
        analysis,
        "Start-up of %s: ",
        footprint ->
            Optional.of(footprint.allReplies())
                .filter(Estimate::known)
                .map(time -> Quantity.time(time.value())),
        "Start-up by number of workers");
  }

  static String findings(List<Finding> findings) {
    long decided = findings.stream().filter(f -> f.verdict().decided()).count();
    long tooWide = findings.stream().filter(f -> f.verdict() == Verdict.UNMEASURED).count();
    String leftOut = tooWide == 0 ? "" : "; " + tooWide + " left out, " + Verdict.UNMEASURED_WORDS;
    if (decided == 0) {
      return "No comparison of throughput is decided yet: more time is needed" + leftOut;
    }
    long same = findings.stream().filter(f -> f.verdict() == Verdict.SAME).count();
    return String.format(
            Locale.ROOT,
            "%d of %d comparisons of throughput are decided: %d different, %d the same within %s",
            decided,
            findings.size(),
            decided - same,
            same,
            Quantity.percent(Analysis.EQUIVALENCE_MARGIN))
        + leftOut;
  }

  /// The comparison of a cell that the question is about: what isolates against what does not if
  /// both were measured, the first of candidates otherwise.
  static Optional<Finding> main(Analysis analysis, Metric metric, Cell cell) {
    List<Finding> findings =
        analysis.findings().stream()
            .filter(finding -> finding.metric() == metric && finding.cell().equals(cell))
            .filter(finding -> finding.model().role() == Model.Role.CANDIDATE)
            .filter(finding -> finding.against().role() == Model.Role.CANDIDATE)
            .filter(finding -> finding.ratio().known())
            .toList();
    return findings.stream()
        .filter(finding -> finding.model().isolates() && finding.against().inProcess())
        .findFirst()
        .or(() -> findings.stream().findFirst());
  }

  private static String verdict(Finding finding) {
    String model = Wording.capital(finding.model().label());
    String against = finding.against().label();
    return switch (finding.verdict()) {
      case FASTER, SLOWER ->
          model
              + " reach "
              + Quantity.percent(finding.ratio().value())
              + " of the throughput of "
              + against;
      case SAME -> model + " keep up with " + against + " (ratio " + ratio(finding) + ")";
      case INCONCLUSIVE ->
          model + " against " + against + ": too close to call (ratio " + ratio(finding) + ")";
      case UNMEASURED -> model + " against " + against + ": " + Verdict.UNMEASURED_WORDS;
    };
  }

  private static String ratio(Finding finding) {
    Estimate ratio = finding.ratio();
    return Quantity.ratio(ratio.value(), ratio.low(), ratio.high());
  }

  private static Optional<Estimate> loaded(Footprint footprint, Function<Memory, Estimate> size) {
    return Optional.ofNullable(footprint.memory().get(Phase.LOADED))
        .map(size)
        .filter(Estimate::known);
  }

  private static String footprint(
      Analysis analysis,
      String start,
      Function<Footprint, Optional<String>> number,
      String otherwise) {
    Optional<Cell> focus = analysis.grid().within(FootprintCharts.cells(analysis)).base();
    List<String> parts = new ArrayList<>();
    for (Footprint footprint : analysis.footprints()) {
      if (focus.isPresent()
          && footprint.cell().equals(focus.get())
          && footprint.model().role() == Model.Role.CANDIDATE) {
        number.apply(footprint).ifPresent(text -> parts.add(footprint.model().id() + " " + text));
      }
    }
    return focus.isEmpty() || parts.isEmpty()
        ? otherwise
        : String.format(Locale.ROOT, start, Sweep.workers(focus.get().workers()))
            + String.join(", ", parts);
  }
}
