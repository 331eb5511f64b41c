package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.sample.SampleAnalyses;
import org.junit.jupiter.api.Test;

final class MarkdownTest {

  @Test
  void textCannotBecomeMarkup() {
    assertThat(Markdown.text("a|b *c* `d` <e> [f](g)\n# h"))
        .isEqualTo("a\\|b \\*c\\* \\`d\\` &lt;e\\> \\[f\\](g) \\# h");
  }

  @Test
  void nobodyIsMentionedByAccident() {
    assertThat(Markdown.text("@everyone")).doesNotContain("@e");
  }

  @Test
  void codeCannotLeaveItsFence() {
    assertThat(Markdown.code("x ``` y")).isEqualTo("````\nx ``` y\n````\n");
  }

  @Test
  void aHostileRunMakesAHarmlessSummary() {
    String summary = Summary.of(SampleAnalyses.hostile(), "run");

    assertThat(summary.lines().filter(line -> !line.startsWith("lab bench")))
        .noneMatch(line -> line.contains("<"));
  }
}
