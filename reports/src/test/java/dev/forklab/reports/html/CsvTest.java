package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.sample.SampleAnalyses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '→',
      value = {"json→json", "a,b→\"a,b\"", "a\"b→\"a\"\"b\"", "=1+1→'=1+1", "@x,y→\"'@x,y\""})
  void fieldsAreQuotedWhereTheyMustBe(String field, String quoted) {
    assertThat(Csv.quoted(field)).isEqualTo(quoted);
  }
}
