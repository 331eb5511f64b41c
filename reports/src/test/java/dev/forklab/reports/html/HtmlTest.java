package dev.forklab.reports.html;

import static dev.forklab.reports.html.Html.element;
import static dev.forklab.reports.html.Html.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTest {

  @Test
  void textAndAttributesCannotBecomeMarkup() {
    Html hostile = element("p", "<b>&\"'</b>").with("title", "\"><script>'&");

    assertThat(hostile.render())
        .isEqualTo(
            "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">"
                + "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</p>");
  }

  @Test
  void charactersThatHideOrTurnTextAreReplaced() {
    assertThat(Html.escape("a\u0000b\u202Ec\uD800d")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
    assertThat(Html.escape("µ ± – 😀\n")).isEqualTo("µ ± – 😀\n");
  }

  @Test
  void blocksStandOnLinesOfTheirOwnAndWordsDoNot() {
    Html page =
        element(
            "ul", element("li", text("one "), element("strong", "two")), element("li", "three"));

    assertThat(page.render())
        .isEqualTo("<ul>\n<li>one <strong>two</strong></li>\n<li>three</li>\n</ul>");
  }

  @Test
  void emptyElementsHaveNoEnd() {
    assertThat(element("meta").with("charset", "utf-8").render())
        .isEqualTo("<meta charset=\"utf-8\">");
  }
}
