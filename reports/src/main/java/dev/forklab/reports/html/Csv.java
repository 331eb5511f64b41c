package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.html.ResultRows.Row;
import dev.forklab.results.Cell;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `results.csv`: one row per cell, model and metric (RFC 4180, UTF-8, CRLF line ends).
///
/// The columns, which stay as they are while the run directory's format does: `workers`, `cpus`,
/// `message_bytes`, `task_nanos` (as asked for) name the cell, and the last, `reached_task_nanos`,
/// says what a task took in it, if that is known; `model` and `metric` what was measured; `against`
/// the other model of a comparison, else empty; `unit` is `per_second`, `nanos`, `bytes`, `ratio`
/// or `count`; `value`, `low`, `high` are plain decimals, the interval empty where there is none;
/// `samples` is how many independent measurements it rests on; `verdict` is that of a comparison,
/// from the model's side (`faster`, `slower`, `same`, `inconclusive`, `not measured well enough`),
/// else empty. A number that was not measured has no row.
final class Csv {

  static final String HEADER =
      "workers,cpus,message_bytes,task_nanos,model,metric,against,unit,value,low,high,samples,"
          + "verdict,reached_task_nanos";

  static final String LINE_END = "\r\n";

  private Csv() {}

  static String of(Analysis analysis) {
    return Stream.concat(
            Stream.of(HEADER),
            ResultRows.of(analysis).stream().map(row -> line(row, analysis.taskTimes())))
        .map(line -> line + LINE_END)
        .collect(Collectors.joining());
  }

  private static String line(Row row, TaskTimes taskTimes) {
    Cell cell = row.cell();
    Estimate estimate = row.estimate();
    boolean interval = estimate.hasInterval();
    return String.join(
        ",",
        Integer.toString(cell.workers()),
        Integer.toString(cell.cpus()),
        Integer.toString(cell.messageBytes()),
        Long.toString(cell.taskNanos()),
        row.model().id(),
        row.metric(),
        row.against(),
        row.unit(),
        decimal(estimate.value()),
        interval ? decimal(estimate.low()) : "",
        interval ? decimal(estimate.high()) : "",
        Integer.toString(estimate.samples()),
        row.verdict(),
        taskTimes.reachedNanos(cell).stream().mapToObj(Csv::decimal).collect(Collectors.joining()));
  }

  static String decimal(double value) {
    return Double.isFinite(value) ? ResultRows.rounded(value).toPlainString() : "";
  }
}
