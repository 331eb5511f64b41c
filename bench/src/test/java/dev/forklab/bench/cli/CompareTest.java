package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.run.TinyRun;
import dev.forklab.reports.analysis.Metric;
import dev.forklab.reports.analysis.RunClaims;
import dev.forklab.reports.analysis.RunClaims.Claim;
import dev.forklab.reports.analysis.RunClaims.Question;
import dev.forklab.reports.analysis.TaskTimes;
import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.compare.Replication;
import dev.forklab.reports.stats.StudentEstimate;
import dev.forklab.results.Calibration;
import dev.forklab.results.Cell;
import dev.forklab.results.Model;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {

  private static final Cell SMALL = new Cell(2, 2, 4096, 1_000_000);
  private static final Cell WIDE = new Cell(128, 2, 1000 << 10, 1_000_000);

  @TempDir private Path temporary = Path.of("");

  @Test
  void whatThreeRunsSayReadsAsItDid() throws Exception {
    Replication found =
        Replication.of(
            List.of(
                run("runs/monday", 2023, 0.97e6, -0.07, Verdict.SLOWER),
                run("runs/tuesday", 2090, 1.01e6, -0.06, Verdict.SLOWER),
                run("runs/wednesday", 463, 0.35e6, -0.02, Verdict.SAME),
                run("runs/thursday", 2040, 1.0e6, -0.01, Verdict.SAME)));
    StringWriter text = new StringWriter();
    AgreementText.print(found, new PrintWriter(text));
    assertThat(text.toString().lines()).allMatch(line -> line.length() <= 80);
    Golden.assertMatches("agreement.txt", text.toString());
  }

  /// Throughput and CPU time in one cell, and a comparison that is too wide in another.
  private static RunClaims run(
      String name, int iterations, double taskNanos, double log, Verdict verdict) {
    Run tiny = TinyRun.of(1);
    Run run =
        new Run(
            tiny.schema(),
            tiny.labVersion(),
            0,
            "lab bench",
            tiny.plan(),
            tiny.host(),
            List.of(new Calibration("seal", 4096, 1_000_000, iterations, 1_000_000, 0.01)));
    Map<Question, Claim> claims = new LinkedHashMap<>();
    claims.put(
        new Question(Metric.THROUGHPUT, SMALL, Model.FORK, Model.THREADS),
        new Claim(new StudentEstimate(log, 0.01, 20, 4), verdict));
    claims.put(
        new Question(Metric.CPU_PER_TASK, SMALL, Model.FORK, Model.THREADS),
        new Claim(new StudentEstimate(-log, 0.02, 20, 4), Verdict.INCONCLUSIVE));
    claims.put(
        new Question(Metric.LATENCY_P99, WIDE, Model.FORK, Model.VIRTUAL),
        new Claim(new StudentEstimate(log, 0.9, 20, 4), Verdict.UNMEASURED));
    return new RunClaims(name, run, new TaskTimes(Map.of(SMALL, taskNanos)), claims);
  }

  @Test
  void aRunBesideItsReferenceReadsAsItDid() throws Exception {
    Replication found =
        Replication.of(
            List.of(
                run("runs/monday", 2023, 0.97e6, -0.07, Verdict.SLOWER).only(Metric.THROUGHPUT),
                run("runs/reference", 2023, 1.0e6, -0.06, Verdict.SLOWER).only(Metric.THROUGHPUT)));
    StringWriter text = new StringWriter();
    AgreementText.printReference(found, new PrintWriter(text));
    assertThat(text.toString().lines()).allMatch(line -> line.length() <= 80);
    Golden.assertMatches("reference.txt", text.toString());
  }

  @Test
  void twoDirectoriesAreReadAndCompared() throws Exception {
    LabCall call = LabCall.of("compare", directory("a", "seal"), directory("b", "seal"));
    assertThat(call.err()).isEmpty();
    assertThat(call.out())
        .startsWith(
            "1 pair of runs, no comparison that two of them have and measured well enough.");
    assertThat(call.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void runsOfDifferentWorkloadsAreRefused() throws Exception {
    LabCall call = LabCall.of("compare", directory("a", "seal"), directory("b", "other"));
    assertThat(call.err())
        .startsWith("lab: expected runs of the same workload, found 'seal' in ")
        .hasLineCount(1);
    assertThat(call.out()).isEmpty();
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aRunIsNotComparedWithItself() throws Exception {
    String directory = directory("a", "seal");
    LabCall call = LabCall.of("compare", directory, directory + "/../a");
    assertThat(call.err()).startsWith("lab: expected different runs, found ").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void oneRunIsNotEnough() throws Exception {
    LabCall call = LabCall.of("compare", directory("a", "seal"));
    assertThat(call.err())
        .isEqualTo("lab: expected two run directories or more, found one; name another\n");
    assertThat(call.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aDirectoryWithoutARunIsAProblemOfFiles() throws Exception {
    LabCall call = LabCall.of("compare", directory("a", "seal"), temporary.toString());
    assertThat(call.err()).contains("found no run.json").hasLineCount(1);
    assertThat(call.exitCode()).isEqualTo(ExitCode.FILES);
  }

  private String directory(String name, String workload) throws Exception {
    Path path = Files.createDirectory(temporary.resolve(name));
    new RunDirectory(path).writeRun(TinyRun.of(2, workload, List.of()));
    return path.toString();
  }
}
