package dev.forklab.reports.html;

import dev.forklab.reports.faults.FaultCell;
import dev.forklab.reports.faults.FaultFindings;
import dev.forklab.reports.faults.FaultMetric;
import dev.forklab.reports.faults.Span;
import java.util.Arrays;
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

  private FaultCsv() {}

  static String of(FaultFindings findings) {
    return Stream.concat(Stream.of(HEADER), findings.cells().stream().flatMap(FaultCsv::lines))
        .map(line -> line + Csv.LINE_END)
        .collect(Collectors.joining());
  }

  private static Stream<String> lines(FaultCell cell) {
    return Arrays.stream(FaultMetric.values())
        .filter(metric -> metric.of(cell).count() > 0)
        .map(metric -> line(cell, metric));
  }

  private static String line(FaultCell cell, FaultMetric metric) {
    Span span = metric.of(cell);
    return String.join(
        ",",
        cell.fault().id(),
        cell.model().id(),
        cell.way().id(),
        cell.fate().name().toLowerCase(Locale.ROOT),
        metric.id(),
        metric.unit(),
        Csv.decimal(span.middle()),
        Csv.decimal(span.low()),
        Csv.decimal(span.high()),
        Integer.toString(span.count()));
  }
}
