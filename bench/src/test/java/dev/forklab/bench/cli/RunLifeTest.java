package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.bench.run.TinyRun;
import dev.forklab.bench.runtime.ProcessState;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A run's life on real processes: interrupted, killed, refused a second time, out of disk, and
/// gone on with to its end.
@EnabledOnOs(value = OS.LINUX, disabledReason = "sends signals and mounts as Linux does")
class RunLifeTest {

  private static final int TRIALS = 4;

  @TempDir private Path home = Path.of("");

  @Test
  void whatIsInterruptedOrKilledKeepsItsTrialsAndGoesOnToTheEndOfTheSamePlan() throws Exception {
    Path path = Files.createDirectory(home.resolve("my run"));
    RunDirectory directory = new RunDirectory(path);
    directory.writeRun(TinyRun.of(TRIALS));
    String plan = Files.readString(directory.file(RunDirectory.RUN_FILE));

    interruptAfterTheFirstTrial(directory);
    killAfterTheSecondTrial(directory);
    // What a SIGKILL in the middle of an append leaves.
    Files.writeString(
        directory.file(RunDirectory.TRIALS_FILE),
        "{\"schema\":1,\"planned\":{\"index\":",
        StandardOpenOption.APPEND);
    assertReportOfUnfinishedRun(path);

    try (LabProcess lab = LabProcess.start(home, "bench", "--resume", path.toString())) {
      assertThat(lab.exitCode()).as(lab.err()).isEqualTo(ExitCode.OK);
      assertThat(lab.err()).startsWith("resuming " + path).doesNotContain("WARNING");
      assertThat(lab.out()).endsWith("report: " + path.resolve("report.html") + "\n");
    }
    assertThat(directory.readTrials())
        .extracting(trial -> trial.planned().index())
        .containsExactly(0, 1, 2, 3);
    assertThat(directory.file(RunDirectory.RUN_FILE)).hasContent(plan);
  }

  private void interruptAfterTheFirstTrial(RunDirectory directory) throws Exception {
    String path = directory.path().toString();
    try (LabProcess lab = LabProcess.start(home, "bench", "--resume", path)) {
      lab.waiting().until(() -> lab.err().startsWith("resuming "));
      assertSecondLabIsRefused();
      lab.waiting().until(() -> !directory.readTrials().isEmpty());
      lab.waiting().until(() -> lab.descendants().stream().anyMatch(ProcessState::isRunning));

      lab.interrupt();

      assertThat(lab.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
      int kept = directory.readTrials().size();
      assertThat(lab.err().lines().toList().getLast())
          .isEqualTo(
              "interrupted after %d of %d trials, which are kept; go on with: lab bench --resume '%s'"
                  .formatted(kept, TRIALS, path));
      assertThat(lab.descendants()).noneMatch(ProcessState::isRunning);
      assertThat(lab.out()).isEmpty();
      assertThat(home.resolve("tmp")).isDirectoryNotContaining("glob:**lab[0-9]*");
    }
  }

  private void assertSecondLabIsRefused() throws Exception {
    Path second = home.resolve("second");
    try (LabProcess lab = LabProcess.start(home, "bench", "--quick", "--out", second.toString())) {
      assertThat(lab.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(lab.err())
          .isEqualTo(
              "lab: another lab is measuring on this machine, and two would measure each other;"
                  + " wait for it to end, then try again\n");
      assertThat(second).doesNotExist();
    }
  }

  private void killAfterTheSecondTrial(RunDirectory directory) throws Exception {
    int before = directory.readTrials().size();
    try (LabProcess lab =
        LabProcess.start(home, "bench", "--resume", directory.path().toString())) {
      lab.waiting().until(() -> directory.readTrials().size() > before);
      lab.waiting().until(() -> !lab.descendants().isEmpty());
      lab.kill();
      assertThat(lab.exitCode()).isEqualTo(128 + 9);
      lab.awaitDescendantsGone();
    }
    assertThat(directory.readTrials()).hasSizeGreaterThan(before).hasSizeLessThan(TRIALS);
  }

  private void assertReportOfUnfinishedRun(Path path) throws Exception {
    Path elsewhere = home.resolve("report");
    LabCall report = LabCall.of("report", path.toString(), "--out", elsewhere.toString());
    assertThat(report.err()).isEmpty();
    assertThat(report.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(elsewhere.resolve("report.html")).isNotEmptyFile();
    assertThat(path.resolve("report.html")).doesNotExist();
  }

  @Test
  void aDiskThatFillsEndsTheRunInOneSentenceAndKeepsWhatItHolds() throws Exception {
    Path full = Files.createDirectory(home.resolve("full"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", "" + full),
        "expected to be allowed to mount a tmpfs, was not");
    try {
      RunDirectory directory = new RunDirectory(full);
      Run run = TinyRun.of(TRIALS);
      directory.writeRun(run);
      try (LabProcess lab = LabProcess.start(home, "bench", "--resume", full.toString())) {
        assertThat(lab.exitCode()).as(lab.err()).isEqualTo(ExitCode.FILES);
        assertThat(lab.err().lines().toList().getLast())
            .startsWith("lab: cannot write into " + full + " (No space left on device); the trials")
            .endsWith("are kept: make room, then go on with: lab bench --resume " + full);
      }
      int kept = directory.readTrials().size();
      assertThat(kept).isLessThan(TRIALS);
      LabCall inPlace = LabCall.of("report", full.toString());
      assertThat(inPlace.err())
          .startsWith("lab: cannot write the report into " + full)
          .endsWith("write it elsewhere with: lab report " + full + " --out DIR\n")
          .hasLineCount(1);
      assertThat(inPlace.exitCode()).isEqualTo(ExitCode.FILES);
      Path elsewhere = home.resolve("report");
      assertThat(LabCall.of("report", "" + full, "--out", "" + elsewhere).exitCode())
          .isEqualTo(ExitCode.OK);
      assertThat(directory.readTrials()).hasSize(kept);
    } finally {
      assertThat(command("umount", full.toString())).isTrue();
    }
  }

  /// A terminal that knows nothing but ASCII.
  @Test
  void whatATerminalCannotShowIsWrittenInPlainAscii() throws Exception {
    try (LabProcess lab = LabProcess.start(home, Map.of("LC_ALL", "C"), "bench", "--help")) {
      assertThat(lab.exitCode()).isZero();
      assertThat(lab.out()).contains("Sweep 1, 2, 4 ... N workers").doesNotContain("?");
      assertThat(lab.out().chars()).allMatch(character -> character < 128);
    }
  }

  private static boolean command(String... command) throws Exception {
    try {
      return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
