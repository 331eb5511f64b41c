package dev.forklab.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The answer on terminals of several widths, kept as golden files.
class AnswerTextTest {

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 100})
  void theAnswerFitsTheTerminalAndReadsAsItDid(int columns) throws Exception {
    String text = text(MadeUpAnalysis.noisy(), columns);

    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    Golden.assertMatches("answer-%d.txt".formatted(columns), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 50, 60, 70, 79, 81, 90})
  void theAnswerFitsWhateverTheWidth(int columns) {
    assertThat(text(MadeUpAnalysis.noisy(), columns).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
  }

  /// A file has no edge: sentences are lines, and the table is that of a usual terminal.
  @Test
  void inAPipeTheTableIsTheUsualOne() {
    String piped = text(MadeUpAnalysis.noisy(), 0);

    assertThat(piped.lines().filter(line -> line.startsWith("fork-binary")))
        .singleElement()
        .isEqualTo(
            text(MadeUpAnalysis.noisy(), 80)
                .lines()
                .filter(it -> it.startsWith("fork-binary"))
                .findFirst()
                .orElseThrow());
    assertThat(piped.lines().findFirst().orElseThrow()).endsWith("the others.");
  }

  @Test
  void inAsciiNothingIsLostAndColumnsStayAligned() throws Exception {
    String plain = AsciiWriter.plain(text(MadeUpAnalysis.noisy(), 80));

    assertThat(plain.chars()).allMatch(character -> character < 128);
    assertThat(plain.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    Golden.assertMatches("answer-ascii.txt", plain);
  }

  @Test
  void aLoneModelHasNoShareAndColumnsWithoutNumbersAreLeftOut() {
    assertThat(text(MadeUpAnalysis.lone(), 80))
        .contains("threads", "1,520 tasks/s", "the best")
        .doesNotContain("p50", "memory", "NaN", "null");
  }

  private static String text(Analysis analysis, int columns) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    AnswerText.print(analysis, out, columns);
    out.flush();
    return text.toString();
  }
}
