package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forklab.results.FaultDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A run of faults on real processes: killed in the middle, and gone on with to its end.
@EnabledOnOs(value = OS.LINUX, disabledReason = "lab faults needs Linux")
class FaultsLifeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path home = Path.of("");

  @Test
  void aLabThatIsKilledLeavesNothingAndTheRunGoesOn() throws Exception {
    Path path = home.resolve("run");
    FaultDirectory directory = new FaultDirectory(path);
    try (LabProcess lab =
        LabProcess.start(
            home,
            "faults",
            "--faults",
            "exception",
            "--models",
            "fork",
            "--repeat",
            "1",
            "--out",
            path.toString())) {
      lab.waiting().atMost(PATIENCE).until(() -> directory.readTrials().size() == 1);
      lab.waiting()
          .atMost(PATIENCE)
          .until(() -> lab.descendants().stream().filter(this::isService).count() >= 3);
      lab.kill();
      assertThat(lab.exitCode()).isEqualTo(128 + 9);
      lab.awaitDescendantsGone();
      await().atMost(PATIENCE).until(this::scratchIsGone);
    }
    assertThat(directory.readTrials()).hasSize(1);

    try (LabProcess lab = LabProcess.start(home, "faults", "--resume", path.toString())) {
      assertThat(lab.exitCode()).as(lab.err()).isIn(ExitCode.OK, ExitCode.INCOMPLETE);
      assertThat(lab.out()).endsWith("report: " + path.resolve("report.html") + "\n");
    }
    assertThat(directory.readTrials())
        .extracting(trial -> trial.planned().index())
        .containsExactly(0, 1);
    assertThat(scratchIsGone()).isTrue();

    LabCall report = LabCall.of("report", path.toString());
    assertThat(report.err()).isEmpty();
    assertThat(report.out()).contains("Run as in production:", "Run naively:", "exception");
  }

  @Test
  void aRunWhoseTimeWasSpentGoesOnWithMore() throws Exception {
    FaultDirectory directory = new FaultDirectory(home.resolve("run"));
    String path = directory.path().toString();
    String command = "faults --faults none --models threads --repeat 1 --time 1s --out " + path;
    try (LabProcess lab = LabProcess.start(home, command.split(" ", -1))) {
      assertThat(lab.exitCode()).as(lab.err()).isEqualTo(ExitCode.OK);
      assertThat(lab.out())
          .contains(
              "2 combinations were not tried: the run's time was spent; lab faults --resume with"
                  + " more --time tries the rest.");
    }
    assertThat(directory.readTrials()).isEmpty();

    try (LabProcess lab = LabProcess.start(home, "faults", "--resume", path, "--time", "1h")) {
      assertThat(lab.exitCode()).as(lab.err()).isIn(ExitCode.OK, ExitCode.INCOMPLETE);
      assertThat(lab.out()).doesNotContain("not tried");
    }
    assertThat(directory.readTrials()).hasSize(2);
    assertThat(directory.readRun().plan().timeNanos()).isEqualTo(Duration.ofHours(1).toNanos());
  }

  private boolean isService(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(home.resolve("tmp") + "/lab");
  }

  private boolean scratchIsGone() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("tmp"))) {
      return files.noneMatch(
          file -> Files.isDirectory(file) && file.getFileName().toString().startsWith("lab"));
    }
  }
}
