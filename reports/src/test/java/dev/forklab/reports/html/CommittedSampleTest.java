package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.Analyzer;
import dev.forklab.results.RunDirectory;
import dev.forklab.results.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The sample that the README shows is what this code makes of the sample's run.
class CommittedSampleTest {

  private static final RunDirectory SAMPLE = new RunDirectory(Path.of("sample"));
  private static final String HOW = "make it anew with: lab report reports/sample";

  @Test
  void itsTextAndNumbersAreThoseOfTheCodeBesideIt() throws Exception {
    Analysis analysis = Analyzer.analyze(SAMPLE.readRun(), SAMPLE.readTrials());
    assertThat(Files.readString(SAMPLE.file(ReportWriter.SUMMARY_FILE)))
        .as(HOW)
        .isEqualTo(Summary.of(analysis, "sample"));
    assertThat(Files.readString(SAMPLE.file(ReportWriter.RESULTS_FILE)))
        .as(HOW)
        .isEqualTo(Csv.of(analysis));
  }

  /// Children without one are warm later than the JVM that they are compared with.
  @Test
  void allJvmsOfItsTrialsStartedFromAnArchive() {
    assertThat(SAMPLE.readTrials())
        .flatExtracting(Trial::jvms)
        .filteredOn(jvm -> !jvm.flags().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            jvm -> assertThat(jvm.flags()).anyMatch(flag -> flag.startsWith("-XX:AOTCache=")));
  }
}
