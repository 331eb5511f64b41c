package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.chart.Charts;
import dev.forklab.reports.faults.MadeFaults;
import dev.forklab.reports.sample.SampleAnalyses;
import dev.forklab.results.Model;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PageTest {

  static Stream<String> pages() {
    return Stream.of(
        page(SampleAnalyses.complete()),
        page(SampleAnalyses.withReferences()),
        page(SampleAnalyses.withCosts()),
        page(SampleAnalyses.interrupted()),
        page(SampleAnalyses.empty()),
        page(SampleAnalyses.hostile()),
        new FaultPage(MadeFaults.usual(), Optional.empty(), "run").html());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothingIsLoadedAndNothingRunsButThePagesOwnScript(String page) throws Exception {
    String outsideNamespaces = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assertThat(all(outsideNamespaces, "(?:src|href|action|data)=\"([^\"]*)\""))
        .allMatch(target -> target.startsWith("#") || target.startsWith("data:"));
    assertThat(all(outsideNamespaces, "(<iframe|<object|<embed|@import|url\\(|\\son\\w+=\")"))
        .isEmpty();
    assertThat(page).contains("default-src 'none'".replace("'", "&#39;"));
    for (String kind : List.of("script", "style")) {
      List<String> inlined = all(page, "(?s)<" + kind + ">(.*?)</" + kind + ">");
      assertThat(inlined).hasSize(1);
      assertThat(page).contains(kind + "-src &#39;sha256-" + sha256(inlined.getFirst()) + "&#39;");
      assertThat(all(page, "(<" + kind + "[\\s>])")).hasSize(1);
    }
    assertThat(page).doesNotContain(" style=\"");
  }

  private static String sha256(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void idsAreUniqueAndReferencesArrive(String page) {
    List<String> ids = all(page, " id=\"([^\"]*)\"");

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids).containsAll(all(page, " href=\"#([^\"]*)\""));
    assertThat(ids).containsAll(all(page, " aria-(?:labeledby|describedby)=\"([^\"]*)\""));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void headingsFormAnOutline(String page) {
    List<Integer> levels = all(page, "<h([1-6])").stream().map(Integer::valueOf).toList();

    assertThat(levels).first().isEqualTo(1);
    assertThat(levels.stream().filter(level -> level == 1)).hasSize(1);
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatIsSeenIsAlsoSaid(String page) {
    assertThat(all(page, "<img([^>]*)>")).allMatch(attributes -> attributes.contains(" alt=\""));
    assertThat(all(page, "<svg([^>]*)>"))
        .allMatch(a ->
            a.contains("aria-hidden=\"true\"")
                || (a.contains("role=\"img\"") && a.contains("aria-labelledby=")));
    assertThat(all(page, "<table[^>]*>\\s*<(\\w+)")).allMatch("caption"::equals);
    assertThat(all(page, "<th( [^>]*)?>")).allMatch(a -> a.contains("scope="));
    assertThat(all(page, "<div( class=\"scroll\"[^>]*)>"))
        .allMatch(a -> a.contains("tabindex=\"0\"") && a.contains("role=\"region\""));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyElementIsClosed(String page) {
    String body = page.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
    for (String name : List.of("section", "table", "tr", "th", "td", "div", "figure", "ul", "li")) {
      assertThat(all(body, "<(" + name + ")[ >]"))
          .as(name)
          .hasSameSizeAs(all(body, "</(" + name + ")>"));
    }
  }

  @Test
  void theAnswerComesFirst() {
    String page = page(SampleAnalyses.complete());

    List<Integer> places =
        Stream.of(
                "<main>",
                "<h1>Use threads here",
                "id=\"scores\"",
                "id=\"figure-throughput-by-workers\"",
                ">Why</h2>",
                ">Limits of this answer</h2>",
                ">Throughput and efficiency</h2>",
                ">Latency</h2>",
                ">Memory</h2>",
                ">Message size and codec</h2>",
                ">Start-up</h2>",
                ">Findings and verdicts</h2>",
                ">Method</h2>",
                ">Host</h2>",
                ">Warnings</h2>",
                ">Data</h2>",
                ">Measure it again</h2>")
            .map(page::indexOf)
            .toList();

    assertThat(places).isSorted().doesNotContain(-1);
  }

  @Test
  void everyModelStandsOnThePage() {
    Analysis analysis = SampleAnalyses.withReferences();

    for (Model model : analysis.run().plan().models()) {
      assertThat(page(analysis)).contains(">" + model.id() + "<");
    }
  }

  @Test
  void aHostileMachineIsQuotedAndNothingMore() {
    String page = page(SampleAnalyses.hostile());

    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;headline&#39;)&lt;/script&gt;")
        .contains("&quot; onmouseover=&quot;alert(&#39;value&#39;)")
        .doesNotContain("<iframe", "<img", "<b>", "--><!--", "\u202E", "\u0000");
    assertThat(all(page, "(</main>)")).hasSize(1);
    assertThat(all(page, "(<script)")).hasSize(1);
    assertThat(all(page, "(</script)")).hasSize(1);
  }

  @Test
  void theNumbersAreInThePage() {
    Analysis analysis = SampleAnalyses.complete();
    List<String> files = all(page(analysis), "href=\"data:[a-z/]+;base64,([^\"]*)\"");

    assertThat(files)
        .map(file -> new String(Base64.getDecoder().decode(file), StandardCharsets.UTF_8))
        .containsExactly(Csv.of(analysis), ResultsJson.of(analysis, "run"));
  }

  @Test
  void aMachineWithoutFontsIsToldWhyItHasNoPictureFiles() {
    Page page =
        new Page(SampleAnalyses.complete(), "run", List.of(), Optional.of("no charts: install"));

    assertThat(page.html()).contains("no charts: install").doesNotContain("<figure");
  }

  private static String page(Analysis analysis) {
    return new Page(analysis, "run", Charts.of(analysis), Optional.empty()).html();
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1) == null ? "" : match.group(1))
        .toList();
  }
}
