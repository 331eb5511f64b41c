package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forklab.bench.calibration.KeptCalibrations;
import dev.forklab.bench.host.HostInspector;
import dev.forklab.bench.jmh.TrialResult;
import dev.forklab.bench.jmh.TrialRunner;
import dev.forklab.bench.plan.BadRequestException;
import dev.forklab.bench.plan.Machine;
import dev.forklab.bench.plan.PlanRequest;
import dev.forklab.bench.plan.Planner;
import dev.forklab.bench.run.RunPreparation;
import dev.forklab.bench.run.WorkloadJars;
import dev.forklab.bench.run.WorkloadProbe;
import dev.forklab.results.Calibration;
import dev.forklab.results.Model;
import dev.forklab.results.Plan;
import dev.forklab.results.Plan.PlannedTrial;
import dev.forklab.results.TrialKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `--workload` and `--workload-jar`, with the example's class and with classes that are wrong.
class WorkloadOptionsTest {

  private static final Path EXAMPLE =
      Path.of("..", "examples", "pricing", "src", "main", "java", "com", "acme", "Pricing.java");

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"seal", "documents", "triad"})
  void aBuiltInWorkloadIsPlanned(String workload) {
    Outcome outcome = lab("plan", "--quick", "--cores", "1", "--workload", workload);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("workload " + workload);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theExampleIsPlanned() throws Exception {
    Path jar = UserJar.of(directory, EXAMPLE);
    Outcome outcome =
        lab("plan", "--quick", "--workload", "com.acme.Pricing", "--workload-jar", jar.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("workload com.acme.Pricing");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  /// The calibrating JVM, a trial's JVM and its children all find the class.
  @Test
  void theExampleRunsInATrialAndInItsChildren() throws Exception {
    Path jar = UserJar.of(directory, EXAMPLE);
    String classPath = System.getProperty("java.class.path");
    try (WorkloadJars jars = WorkloadJars.open(List.of(jar))) {
      var choice = WorkloadProbe.choose("com.acme.Pricing", jars, List.of(64));
      PlanRequest request =
          new PlanRequest(
              choice,
              1,
              List.of(64),
              List.of(Duration.ofNanos(100_000)),
              Set.of(Model.FORK),
              PlanRequest.Depth.QUICK,
              Duration.ofSeconds(20),
              false,
              0,
              "serial",
              1,
              0,
              false);
      Plan plan = Planner.plan(request, new Machine(1, 4L << 30));
      List<Calibration> work =
          new RunPreparation(
                  plan,
                  HostInspector.ofThisMachine().inspect(),
                  KeptCalibrations.ofUser(),
                  true,
                  _ -> {})
              .calibrate();
      PlannedTrial start =
          plan.trials().stream()
              .filter(trial -> trial.kind() == TrialKind.FOOTPRINT)
              .filter(trial -> trial.models().equals(List.of(Model.FORK)))
              .findFirst()
              .orElseThrow();
      TrialResult result =
          new TrialRunner(plan).run(start, new TrialRunner.Work(work, false), done -> {});
      assertThat(result.warnings()).isEmpty();
      assertThat(result.startUps()).isNotEmpty();
      assertThat(result.memory()).isNotEmpty();
    }
    assertThat(System.getProperty("java.class.path")).isEqualTo(classPath);
  }

  @Test
  void aJarThatIsNotNamedOrHasChangedIsRefusedWhenARunGoesOn() throws Exception {
    Path jar = UserJar.of(directory, EXAMPLE);
    List<Plan.WorkloadJar> recorded;
    try (WorkloadJars jars = WorkloadJars.open(List.of(jar))) {
      recorded = jars.recorded();
    }
    WorkloadJars.reopen(recorded, List.of(jar)).close();
    assertThatThrownBy(() -> WorkloadJars.reopen(recorded, List.of()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("expected --workload-jar " + jar)
        .hasMessageContaining("name it if you trust it");
    Files.delete(jar);
    Path other = UserJar.of(directory, "Pricing", "public class Pricing { public int changed; }");
    assertThat(other).isEqualTo(jar);
    assertThatThrownBy(() -> WorkloadJars.reopen(recorded, List.of(jar)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("found another one");
    Files.delete(jar);
    assertThatThrownBy(() -> WorkloadJars.reopen(recorded, List.of(jar)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("found nothing at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nosuch |               | expected a workload of documents, seal, triad in --workload, found 'nosuch'
          a.B    | missing.jar   | expected a jar in --workload-jar, found nothing at
          a.B    | .             | expected a jar in --workload-jar, found no file at
          a.B    | ../pom.xml    | expected a jar in --workload-jar, found a file that is none at
          """)
  void whatIsNotThereIsSaidInOneSentence(String workload, String jar, String sentence) {
    Outcome outcome =
        jar == null
            ? lab("plan", "--workload", workload)
            : lab("plan", "--workload", workload, "--workload-jar", jar);
    assertThat(outcome.err()).startsWith("lab: " + sentence).hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public class Other {} | expected class Mine in
          public class Mine {} | expected class Mine to implement dev.forklab.workload.Workload
          public class Mine implements W { Mine() {} HELLO } | to be public, not abstract, with a public constructor
          public abstract class Mine implements W { } | to be public, not abstract
          public class Mine implements W { public Mine() { throw new RuntimeException("no"); } HELLO } | that threw java.lang.RuntimeException: no
          public class Mine implements W { static { if (true) throw new RuntimeException("no"); } HELLO } | to load, it failed with java.lang.RuntimeException: no
          public class Mine implements W { public byte[] apply(byte[] m, int n) { return null; } } | its reply was null
          public class Mine implements W { public byte[] apply(byte[] m, int n) { throw new RuntimeException("no"); } } | it threw java.lang.RuntimeException: no
          public class Mine implements W { byte n; public byte[] apply(byte[] m, int i) { return new byte[] {n++}; } } | to be pure, it gave two replies
          public class Mine implements W { static byte n; byte mine = n++; public byte[] apply(byte[] m, int i) { return new byte[] {mine}; } } | to be pure, it gave two replies
          public class Mine implements W { public byte[] apply(byte[] m, int i) { m[0] = 0; m[1]++; return new byte[0]; } } | to leave its message alone
          """)
  void aClassThatCannotBeMeasuredIsRefusedInOneSentence(String source, String sentence)
      throws Exception {
    String name = source.contains("class Other") ? "Other" : "Mine";
    Path jar =
        UserJar.of(
            directory,
            name,
            "import dev.forklab.workload.Workload;\n"
                + source
                    .replace(" W ", " Workload ")
                    .replace(
                        "HELLO", "public byte[] apply(byte[] m, int n) { return m.clone(); }"));
    Outcome outcome = lab("plan", "--workload", "Mine", "--workload-jar", jar.toString());
    assertThat(outcome.err()).startsWith("lab: ").contains(sentence).hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aWorkloadThatHoldsMuchMemoryGetsTheHeapForItOrIsRefused() {
    assertThat(lab("plan", "--workload", "triad", "--cores", "256").err())
        .startsWith("lab: 256 workers of triad need about");
  }

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome lab(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Lab.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = command.execute(args);
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
