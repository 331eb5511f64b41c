package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.sample.SampleAnalyses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Comparisons that are not measured well enough: their ratio stands in the CSV and nowhere else.
final class RoughTest {

  private final Analysis rough = SampleAnalyses.rough();

  @Test
  void aTableHasTheWordsInsteadOfTheRatio() {
    Table table = new FindingTables(rough).amongCandidates().getFirst();
    assertThat(table.rows().getLast().get(1).text()).isEqualTo("? not measured well enough");
  }

  @Test
  void noPageAndNoSummaryShowsTheRatio() {
    assertThat(Summary.of(rough, "sample"))
        .contains("| ? not measured well enough |")
        .doesNotContain("0.777");
    assertThat(new Page(rough, "sample", List.of(), Optional.empty()).html())
        .contains("? not measured well enough")
        .doesNotContain("0.777");
  }

  @Test
  void theCsvKeepsTheNumbersWithTheVerdictInWords() {
    assertThat(Csv.of(rough))
        .contains(
            "2,2,1048576,1000000,fork,throughput_ratio,threads,ratio,0.777,0.444,1.36,3,not"
                + " measured well enough,1012400\r\n");
  }
}
