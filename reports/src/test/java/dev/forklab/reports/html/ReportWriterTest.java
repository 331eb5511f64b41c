package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.html.ReportWriter.Written;
import dev.forklab.reports.sample.SampleAnalyses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportWriterTest {

  @TempDir Path directory;

  @Test
  void everyFileIsWrittenAndNoneIsLeftHalf() throws IOException {
    Written written = ReportWriter.write(SampleAnalyses.complete(), directory, directory);

    assertThat(written.withoutPictures()).isEmpty();
    assertThat(written.charts()).isEqualTo(10);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    assertThat(directory.resolve(ReportWriter.REPORT_FILE)).isNotEmptyFile();
    assertThat(directory.resolve(ReportWriter.SUMMARY_FILE)).isNotEmptyFile();
    assertThat(directory.resolve(ReportWriter.RESULTS_FILE)).isNotEmptyFile();
    try (var charts = Files.list(directory.resolve(ReportWriter.CHARTS_DIRECTORY))) {
      assertThat(charts).hasSize(20);
    }
  }
}
