package dev.forklab.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JmhResultFileTest {

  private static final List<Model> ORDER =
      List.of(Model.INLINE, Model.THREADS, Model.THREADS, Model.INLINE);
  private static final PlannedTrial TRIAL =
      new PlannedTrial(
          3,
          1,
          TrialKind.THROUGHPUT,
          new Cell(2, 1, 64, 1_000_000),
          List.of(Model.INLINE, Model.THREADS),
          5);

  @TempDir private Path directory = Path.of("");

  private Path file = directory;
  private JmhResultFile results = new JmhResultFile(file);

  @BeforeEach
  void open() {
    file = directory.resolve(JmhResultFile.NAME);
    results = new JmhResultFile(file);
  }

  /// The fields that JMH's viewers read, and the raw scores of each model's own slices.
  @Test
  void eachModelIsAnEntryInTheHarnessesOwnFormat() throws Exception {
    results.add(TRIAL, ORDER, Harness.result(List.of(20L, 40L, 44L, 24L)));
    JsonNode entries = JsonMapper.shared().readTree(file);
    assertThat(entries.size()).isEqualTo(2);
    for (JsonNode entry : entries) {
      assertThat(entry.propertyNames())
          .contains(
              "jmhVersion",
              "benchmark",
              "mode",
              "threads",
              "forks",
              "jvm",
              "jvmArgs",
              "jdkVersion",
              "vmName",
              "vmVersion",
              "warmupIterations",
              "warmupTime",
              "warmupBatchSize",
              "measurementIterations",
              "measurementTime",
              "measurementBatchSize",
              "params",
              "primaryMetric",
              "secondaryMetrics");
      assertThat(entry.get("mode").asString()).isEqualTo("thrpt");
      assertThat(entry.get("primaryMetric").propertyNames())
          .contains(
              "score", "scoreError", "scoreConfidence", "scorePercentiles", "scoreUnit", "rawData");
    }
    assertThat(entries.get(0).at("/params/model").asString()).isEqualTo("inline");
    assertThat(entries.get(0).at("/params/workers").asString()).isEqualTo("2");
    assertThat(entries.get(0).at("/primaryMetric/rawData").toString())
        .isEqualTo("[[1000.0,1200.0]]");
    assertThat(entries.get(0).at("/params/tasksPerCall").asString()).isEqualTo("1");
    assertThat(entries.get(1).at("/params/model").asString()).isEqualTo("threads");
    assertThat(entries.get(1).at("/params/tasksPerCall").asString()).isEqualTo("2");
    assertThat(entries.get(1).at("/primaryMetric/rawData").toString())
        .isEqualTo("[[2000.0,2200.0]]");
  }

  @Test
  void laterTrialsAreAddedAndNothingElseIsLeft() throws Exception {
    for (int trial = 1; trial <= 3; trial++) {
      results.add(TRIAL, ORDER, Harness.result(List.of(20L, 40L, 44L, 24L)));
      assertThat(JsonMapper.shared().readTree(file).size()).isEqualTo(2 * trial);
    }
    assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void aDamagedFileIsNotOverwrittenButSaidToBe() throws Exception {
    for (String damaged : List.of("", "{}", "[{", "null")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> results.add(TRIAL, ORDER, Harness.result(List.of(1L, 1L, 1L, 1L))))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "expected a list of results in "
                  + file
                  + ", found something else; remove that file (no other depends on it) and resume");
      assertThat(file).hasContent(damaged);
    }
  }
}
