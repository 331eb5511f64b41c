package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.bench.run.TinyRun;
import dev.forklab.results.HostCounters;
import dev.forklab.results.Run;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportExitTest {

  private static final HostCounters NOTHING = new HostCounters(0, 0, 0, 0, 0, 0, 0, 0);

  @TempDir private Path temporary = Path.of("");

  private static Trial trial(Run run, int index, @Nullable String failure) {
    return new Trial(
        RunDirectory.SCHEMA,
        run.plan().trials().get(index),
        0,
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        NOTHING,
        NOTHING,
        List.of(),
        List.of(),
        failure);
  }

  @Test
  void aRunWithAFailedTrialHasAReportAndAnExitCodeOfItsOwnUntilTheTrialIsMadeGood()
      throws Exception {
    Path path = Files.createDirectory(temporary.resolve("the-run"));
    Path elsewhere = temporary.resolve("elsewhere");
    RunDirectory directory = new RunDirectory(path);
    Run run = TinyRun.of(2);
    directory.writeRun(run);
    directory.append(trial(run, 0, null));
    directory.append(trial(run, 1, "its JVM died"));

    LabCall failed = LabCall.of("report", "" + path, "--out", "" + elsewhere);
    assertThat(failed.exitCode()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(elsewhere.resolve("report.html")).content().contains("the-run");
    assertThat(path.resolve("report.html")).doesNotExist();

    directory.append(trial(run, 1, null));
    assertThat(LabCall.of("report", "" + path).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(path.resolve("report.html")).exists();
  }
}
