package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.chart.Chart;
import dev.forklab.reports.chart.Charts;
import dev.forklab.reports.sample.SampleAnalyses;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A run that was asked for tasks of 1 ms and had tasks of 0.72 ms.
final class ReachedTaskTimeTest {

  private static final String REACHED = "0.72 ms tasks (asked for: 1 ms)";

  private final Analysis analysis = SampleAnalyses.shortTasks();

  @Test
  void noPageAndNoSummaryNamesTasksByTheWish() {
    assertThat(new Page(analysis, "sample", Charts.of(analysis), Optional.empty()).html())
        .contains(REACHED)
        .doesNotContain("1 ms tasks");
    assertThat(Summary.of(analysis, "sample"))
        .contains("0.72 ms tasks")
        .doesNotContain("1 ms tasks");
  }

  @Test
  void everyChartOfTasksSaysWhatTheyTook() {
    assertThat(Charts.of(analysis))
        .extracting(Chart::subtitle)
        .noneMatch(subtitle -> subtitle.contains("1 ms tasks"))
        .filteredOn(subtitle -> subtitle.contains(" tasks"))
        .hasSize(7)
        .allMatch(subtitle -> subtitle.contains(REACHED));
  }

  @Test
  void theCsvHasBoth() {
    assertThat(Csv.of(analysis).lines().skip(1))
        .isNotEmpty()
        .allMatch(line -> line.contains(",1000000,") && line.endsWith(",720000"));
  }
}
