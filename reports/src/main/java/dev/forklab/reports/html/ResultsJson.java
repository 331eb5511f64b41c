package dev.forklab.reports.html;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.html.ResultRows.Row;
import dev.forklab.results.Cell;
import dev.forklab.results.Host;
import dev.forklab.results.Run;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The answer and every number as JSON: what the page offers to programs. What is not known is
/// absent; names and units are those of `results.csv`.
final class ResultsJson {

  /// The version of this form; a field that changes its meaning or goes away raises it.
  private static final int SCHEMA = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private ResultsJson() {}

  static String of(Analysis analysis, String runId) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    run(root.putObject("run"), analysis.run(), runId);
    ObjectNode answer = root.putObject("answer");
    answer.put("headline", analysis.answer().headline());
    texts(answer.putArray("lines"), analysis.answer().lines());
    texts(answer.putArray("caveats"), analysis.answer().caveats());
    ArrayNode warnings = root.putArray("warnings");
    analysis
        .warnings()
        .forEach(placed ->
            warnings
                .addObject()
                .put("where", placed.where())
                .put("title", placed.warning().kind().title())
                .put("detail", placed.warning().detail()));
    ArrayNode results = root.putArray("results");
    ResultRows.of(analysis).forEach(row -> result(results.addObject(), analysis, row));
    return MAPPER.writeValueAsString(root);
  }

  private static void run(ObjectNode node, Run run, String runId) {
    Host host = run.host();
    node.put("id", runId);
    node.put("workload", run.plan().workload());
    node.put("seed", run.plan().seed());
    node.put("startedEpochMillis", run.startedEpochMillis());
    node.put("labVersion", run.labVersion());
    node.put("command", run.command());
    node.put("cpu", host.cpu());
    node.put("cpus", host.cpus());
    node.put("os", host.os());
    node.put("java", host.java());
  }

  private static void texts(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void result(ObjectNode node, Analysis analysis, Row row) {
    Cell cell = row.cell();
    Estimate estimate = row.estimate();
    node.put("workers", cell.workers()).put("cpus", cell.cpus());
    node.put("messageBytes", cell.messageBytes()).put("taskNanos", cell.taskNanos());
    analysis
        .taskTimes()
        .reachedNanos(cell)
        .ifPresent(nanos -> number(node, "reachedTaskNanos", nanos));
    node.put("model", row.model().id()).put("metric", row.metric()).put("unit", row.unit());
    if (!row.against().isEmpty()) {
      node.put("against", row.against());
    }
    number(node, "value", estimate.value());
    if (estimate.hasInterval()) {
      number(node, "low", estimate.low());
      number(node, "high", estimate.high());
    }
    node.put("samples", estimate.samples());
    if (!row.verdict().isEmpty()) {
      node.put("verdict", row.verdict());
    }
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, ResultRows.rounded(value));
    }
  }
}
