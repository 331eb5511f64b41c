package dev.forklab.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forklab.reports.sample.SampleAnalyses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The page in a real browser, one for all tests.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrowserTest {

  private static final String WORKERS = "#figure-throughput-by-workers ";
  private static final String TICKS =
      "[...document.querySelectorAll('%s.axis.numbers text')].map(it => it.textContent).join(' ')";

  private static final int TAB = 9;
  private static final int ESCAPE = 27;
  private static final int RIGHT = 39;
  private static final int DOWN = 40;

  /// Every caution, chart and control.
  private Path page;

  private Chromium chromium;

  @BeforeAll
  void start(@TempDir(cleanup = CleanupMode.ALWAYS) Path directory) throws IOException {
    Optional<Path> executable = Chromium.find();
    assumeTrue(executable.isPresent(), "no chromium in PATH: the page was not tried in a browser");
    ReportWriter.write(SampleAnalyses.withCosts(), directory, directory);
    page = directory.resolve(ReportWriter.REPORT_FILE);
    chromium =
        new Chromium(executable.orElseThrow(), Files.createDirectory(directory.resolve("scratch")));
  }

  @AfterAll
  void end() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void openAtADesk() {
    chromium.scripts(true);
    chromium.media("screen", "light");
    chromium.resize(1280, 800);
    chromium.open(page);
  }

  @Test
  void itOpensFromDiskAndAsksForNothingElse() {
    assertThat(chromium.complaints()).isEmpty();
    assertThat(chromium.requests()).containsExactly(page.toUri().toString());
    assertThat(number("document.querySelectorAll('figure svg.chart').length"))
        .isEqualTo(12)
        .isEqualTo(number("document.querySelectorAll('figure svg[role=group]').length"));
  }

  @Test
  void theAnswerIsOnTheFirstScreen() {
    for (String part : List.of("h1", "#scores tbody tr:last-child", ".caveats h2")) {
      assertThat(number("document.querySelector('" + part + "').getBoundingClientRect().bottom"))
          .as(part)
          .isBetween(0.0, 800.0);
    }
    assertThat(number("document.querySelector('#answer svg.chart').getBoundingClientRect().top"))
        .isLessThan(600);
  }

  @Test
  void aPointSaysItsNumberWhenThePointerIsOverIt() {
    assertThat(bool("document.querySelector('.tip').hidden")).isTrue();

    chromium.point(WORKERS + ".m-fork .point .marker");

    assertThat(text("document.querySelector('.tip').innerText").lines())
        .containsExactly(
            "Forked processes (JSON), 1 worker",
            "876/s ± 1.7%",
            "interval 861/s to 891/s",
            "3 launches");
    chromium.point("h1");
    assertThat(bool("document.querySelector('.tip').hidden")).isTrue();
  }

  @Test
  void aModelCanBeHiddenAndShownAgain() {
    double inline = y(".m-inline .point");

    chromium.click(WORKERS + ".controls button.m-fork");

    assertThat(text("getComputedStyle(document.querySelector('%s.series.m-fork')).display"))
        .isEqualTo("none");
    assertThat(text("document.querySelector('%sbutton.m-fork').ariaPressed")).isEqualTo("false");
    chromium.click(WORKERS + ".controls button.m-fork");
    assertThat(text("getComputedStyle(document.querySelector('%s.series.m-fork')).display"))
        .isNotEqualTo("none");
    assertThat(y(".m-inline .point")).isEqualTo(inline);
  }

  @Test
  void anAxisCanBeLogarithmicAndLinearAgain() {
    double linear = y(".m-fork .point");
    String ticks = text(TICKS);
    assertThat(ticks).isEqualTo("0 500 1,000 1,500 2,000");

    chromium.click(WORKERS + "button.mode");

    assertThat(y(".m-fork .point")).isNotEqualTo(linear);
    assertThat(text("document.querySelector('%s.axis-title').textContent")).endsWith("log scale");
    assertThat(text(TICKS)).isNotEqualTo(ticks);
    chromium.click(WORKERS + "button.mode");
    assertThat(y(".m-fork .point")).isEqualTo(linear);
    assertThat(text(TICKS)).isEqualTo(ticks);
  }

  /// The ratio is the paired one of the findings, not the quotient of two numbers.
  @Test
  void numbersCanBeRelativeToAModel() {
    chromium.evaluate(
        """
        (() => {
          const select = document.querySelector('#figure-throughput-by-workers select');
          select.value = 'threads';
          select.dispatchEvent(new Event('change'));
        })()
        """);

    assertThat(text("document.querySelector('%s.m-fork .point').ariaLabel"))
        .endsWith("93.1% of threads (91.7% to 94.5%, paired within rounds)");
    assertThat(text("document.querySelector('%s.m-inline .point').ariaLabel"))
        .endsWith("without an interval: not paired");
    assertThat(text(TICKS)).contains("100%");
    double threads = y(".m-threads .point");
    assertThat(y(".m-fork .point")).as("below").isGreaterThan(threads);
  }

  @Test
  void theKeyboardReachesEveryPoint() {
    chromium.evaluate("document.querySelector('%s.point').focus()".formatted(WORKERS));
    String first = text("document.activeElement.ariaLabel");
    assertThat(text("document.querySelector('.tip strong').innerText")).contains("1 worker");

    chromium.press("ArrowRight", RIGHT);

    assertThat(text("document.querySelector('.tip strong').innerText")).contains("2 workers");
    chromium.press("ArrowDown", DOWN);
    assertThat(text("document.activeElement.ariaLabel")).contains("2 workers").isNotEqualTo(first);
    chromium.press("Escape", ESCAPE);
    assertThat(bool("document.querySelector('.tip').hidden")).isTrue();
    chromium.press("Tab", TAB);
    assertThat(bool("document.activeElement.closest('%ssvg') === null")).isTrue();
    assertThat(number("document.querySelectorAll('%ssvg [tabindex=\"0\"]').length")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280})
  void nothingOfThePageIsScrolledSideways(int width) {
    chromium.resize(width, 800);

    assertThat(number("document.scrollingElement.scrollWidth")).isEqualTo(width);
    assertThat(number("document.querySelectorAll('figure svg.chart').length")).isEqualTo(12);
    assertThat(
            number(
                "[...document.querySelectorAll('figure svg.chart')]"
                    + ".filter(it => it.getBoundingClientRect().height < 100).length"))
        .isZero();
  }

  @Test
  void thePageIsDarkWhereDarkIsPreferred() {
    String paper = "getComputedStyle(document.body).backgroundColor";
    assertThat(text(paper)).isEqualTo("rgb(255, 255, 255)");

    chromium.media("screen", "dark");

    assertThat(text(paper)).isEqualTo("rgb(21, 24, 28)");
    assertThat(text("getComputedStyle(document.querySelector('%s.axis-title')).fill"))
        .isEqualTo("rgb(236, 237, 238)");
  }

  @Test
  void onPaperItIsLightAndTablesAreOpen() {
    chromium.media("print", "dark");

    assertThat(text("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    for (String hidden : List.of("nav", ".controls")) {
      assertThat(text("getComputedStyle(document.querySelector('" + hidden + "')).display"))
          .isEqualTo("none");
    }
    assertThat(chromium.pdf()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void withoutScriptsEveryPictureStandsAsItWasDrawn() {
    chromium.scripts(false);
    chromium.open(page);

    assertThat(number("document.querySelectorAll('.controls, .tip').length")).isZero();
    assertThat(
            number(
                "[...document.querySelectorAll('figure svg.chart[role=img]')]"
                    + ".filter(it => it.getBoundingClientRect().height > 100).length"))
        .isEqualTo(12);
    assertThat(number("document.querySelectorAll('.point title').length")).isGreaterThan(50);
  }

  @Test
  void whatWasNotMeasuredInFullLooksDifferent() {
    assertThat(text("getComputedStyle(document.querySelector('%s.oversubscribed .marker')).fill"))
        .isNotEqualTo(text("getComputedStyle(document.querySelector('%s.point .marker')).fill"));
    assertThat(
            text(
                "getComputedStyle(document.querySelector('%s.curve.oversubscribed')).strokeDasharray"))
        .isNotEqualTo("none");
    assertThat(
            text("getComputedStyle(document.querySelector('.predicted .field')).strokeDasharray"))
        .isNotEqualTo("none");
    assertThat(text("document.querySelector('%sfigcaption').textContent"))
        .contains("Pale, dotted: oversubscribed");
  }

  /// Whatever axe-core calls serious or critical, with what it complains about.
  @ParameterizedTest
  @CsvSource({"light, 1280", "dark, 1280", "light, 360"})
  void axeFindsNoSeriousFault(String scheme, int width) throws IOException {
    chromium.media("screen", scheme);
    chromium.resize(width, 800);
    chromium.evaluate(axe() + "; 0");

    JsonNode found =
        chromium.evaluate(
            """
            axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations
                .filter(it => ['serious', 'critical'].includes(it.impact))
                .map(it => it.id + ': ' + it.nodes.slice(0, 5)
                    .map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).join('; ')))
            """);

    assertThat(StreamSupport.stream(found.spliterator(), false).map(JsonNode::asString)).isEmpty();
  }

  private static String axe() throws IOException {
    String place = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = BrowserTest.class.getResourceAsStream(place)) {
      assertThat(in).as(place).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Where a point of the main chart stands.
  private double y(String selector) {
    return number(
        "Number(document.querySelector('%s"
            + selector
            + "').getAttribute('transform').match(/ ([-\\d.]+)\\)/)[1])");
  }

  private double number(String expression) {
    return chromium.evaluate(expression.replace("%s", WORKERS)).asDouble();
  }

  private String text(String expression) {
    return chromium.evaluate(expression.replace("%s", WORKERS)).asString();
  }

  private boolean bool(String expression) {
    return chromium.evaluate(expression.replace("%s", WORKERS)).asBoolean();
  }
}
