package dev.forklab.bench.jmh;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import dev.forklab.results.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// `jmh-result.json`: the run in JMH's own format, for its viewers. JMH sees a trial as one
/// benchmark; here each model of a trial is an entry of its own, with the cell as parameters. A
/// score of throughput counts calls, each of which is `tasksPerCall` tasks. Peers count and time
/// their slices themselves: JMH has no score of theirs.
public final class JmhResultFile {

  public static final String NAME = "jmh-result.json";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  public JmhResultFile(Path file) {
    this.file = file;
  }

  /// Adds the entries of one trial; the file is replaced whole or not at all.
  ///
  /// @param models the model of each iteration in the result, in order
  public void add(PlannedTrial trial, List<Model> models, RunResult harness) throws IOException {
    ArrayNode all = read();
    JsonNode entries = JSON.readTree(format(perModel(trial, models, harness)));
    entries.forEach(all::add);
    WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
  }

  private ArrayNode read() throws IOException {
    if (!Files.exists(file)) {
      return JSON.createArrayNode();
    }
    try {
      if (JSON.readTree(file) instanceof ArrayNode entries) {
        return entries;
      }
    } catch (JacksonException e) {
      throw damaged(e);
    }
    throw damaged(null);
  }

  private IOException damaged(@Nullable JacksonException cause) {
    return new IOException(
        "expected a list of results in "
            + file
            + ", found something else; remove that file (no other depends on it) and resume",
        cause);
  }

  private static String format(List<RunResult> results) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private static List<RunResult> perModel(
      PlannedTrial trial, List<Model> models, RunResult harness) {
    Map<Model, List<IterationResult>> iterations = new EnumMap<>(Model.class);
    int index = 0;
    for (BenchmarkResult fork : harness.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        Model model = models.get(index++);
        if (model.role() != Model.Role.PEER) {
          iterations.computeIfAbsent(model, key -> new ArrayList<>()).add(iteration);
        }
      }
    }
    List<RunResult> results = new ArrayList<>();
    iterations.forEach((model, of) -> {
      BenchmarkParams params = params(harness.getParams(), trial, model);
      results.add(new RunResult(params, List.of(new BenchmarkResult(params, of))));
    });
    return results;
  }

  private static BenchmarkParams params(BenchmarkParams of, PlannedTrial trial, Model model) {
    Cell cell = trial.cell();
    WorkloadParams params = new WorkloadParams();
    params.put("model", model.id(), 0);
    params.put("workers", String.valueOf(cell.workers()), 0);
    params.put("cpus", String.valueOf(cell.cpus()), 0);
    params.put("messageBytes", String.valueOf(cell.messageBytes()), 0);
    params.put("taskNanos", String.valueOf(cell.taskNanos()), 0);
    model.codec().ifPresent(codec -> params.put("codec", codec.id(), 0));
    params.put("block", String.valueOf(trial.block()), 0);
    if (trial.kind() == TrialKind.THROUGHPUT || trial.kind() == TrialKind.ISOLATED) {
      params.put("tasksPerCall", String.valueOf(Pipeline.tasksPerCall(model, cell)), 0);
    }
    return new BenchmarkParams(
        of.getBenchmark(),
        of.generatedBenchmark(),
        of.shouldSynchIterations(),
        of.getThreads(),
        of.getThreadGroups(),
        of.getThreadGroupLabels(),
        of.getForks(),
        of.getWarmupForks(),
        of.getWarmup(),
        of.getMeasurement(),
        of.getMode(),
        params,
        of.getTimeUnit(),
        of.getOpsPerInvocation(),
        of.getJvm(),
        of.getJvmArgs(),
        of.getJdkVersion(),
        of.getVmName(),
        of.getVmVersion(),
        of.getJmhVersion(),
        of.getTimeout());
  }
}
