package dev.forklab.reports.html;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.Span;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `results.csv` of a run of faults: one row per fault, model, way and metric, as [Csv] writes
/// them.
///
/// `value`, `low` and `high` are the middle, the lowest and the highest of `trials` trials, in
/// `unit`: `count`, `nanos`, `bytes` or `cpus`. `fate` is `survived`, `restarted` or `dead`.
/// `recovery` and latencies have only the trials in which there is such a time, and no row where
/// there is none.
final class FaultCsv {

  static final String HEADER = "fault,model,way,fate,metric,unit,value,low,high,trials";

  private record Metric(String name, String unit, Span span) {}

  private FaultCsv() {}

  static String of(FaultFindings findings) {
    return Stream.concat(Stream.of(HEADER), findings.cells().stream().flatMap(FaultCsv::lines))
        .map(line -> line + Csv.LINE_END)
        .collect(Collectors.joining());
  }

  private static Stream<String> lines(FaultCell cell) {
    return Stream.of(
            new Metric("submitted", "count", cell.submitted()),
            new Metric("missed", "count", cell.missed()),
            new Metric("wrong", "count", cell.wrong()),
            new Metric("recovery", "nanos", cell.recoveryNanos()),
            new Metric("p99_before", "nanos", cell.p99BeforeNanos()),
            new Metric("p99_since", "nanos", cell.p99SinceNanos()),
            new Metric("busy_at_rest", "cpus", cell.idleCpus()),
            new Metric("more_threads", "count", cell.moreThreads()),
            new Metric("more_descriptors", "count", cell.moreDescriptors()),
            new Metric("more_memory", "bytes", cell.moreBytes()))
        .filter(metric -> metric.span().count() > 0)
        .map(metric -> line(cell, metric));
  }

  private static String line(FaultCell cell, Metric metric) {
    Span span = metric.span();
    return String.join(
        ",",
        cell.fault().id(),
        cell.model().id(),
        cell.way().id(),
        cell.fate().name().toLowerCase(Locale.ROOT),
        metric.name(),
        metric.unit(),
        Csv.decimal(span.middle()),
        Csv.decimal(span.low()),
        Csv.decimal(span.high()),
        Integer.toString(span.count()));
  }
}
