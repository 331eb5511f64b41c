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
  void anAddressBecomesNoLink() {
    assertThat(Markdown.text("https://a.example www.a.example WWW.b"))
        .isEqualTo("https&#58;//a.example www&#46;a.example WWW&#46;b");
  }

  @Test
  void aPathCannotLeaveItsLink() {
    assertThat(Markdown.destination("../a b/](x) <ü>.md"))
        .isEqualTo("../a%20b/%5D%28x%29%20%3C%C3%BC%3E.md");
  }

  @Test
  void nothingCommandsATerminal() {
    assertThat(Markdown.text("a\u001b[2J\u202eb\u0007")).isEqualTo("a \\[2J b ");
    assertThat(Markdown.code("a\u001b[2J\nb")).isEqualTo("```\na?[2J\nb\n```\n");
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
