package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.sample.SampleAnalyses;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvTest {

  private static final int COLUMNS = 14;

  @Test
  void everyRowHasEveryColumnAndEndsAsTheRfcSays() {
    String csv = Csv.of(SampleAnalyses.withReferences());

    assertThat(csv).endsWith("\r\n");
    List<String> rows = List.of(csv.split("\r\n"));
    assertThat(rows.getFirst()).isEqualTo(Csv.HEADER);
    assertThat(rows).hasSizeGreaterThan(500).allMatch(row -> row.split(",", -1).length == COLUMNS);
    assertThat(rows).doesNotHaveDuplicates();
  }

  @Test
  void whatWasNotMeasuredHasNoRowAndAnUnknownIntervalIsEmpty() {
    assertThat(Csv.of(SampleAnalyses.empty())).isEqualTo(Csv.HEADER + "\r\n");
    assertThat(Csv.of(SampleAnalyses.interrupted()).lines())
        .contains("1,1,4096,1000000,fork,throughput,,per_second,921,,,1,,1012400");
  }
}
