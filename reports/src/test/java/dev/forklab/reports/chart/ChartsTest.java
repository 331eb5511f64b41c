package dev.forklab.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.chart.Picture.Rendering;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.sample.SampleAnalyses;
import dev.forklab.results.Model;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.XYChart;
import org.xml.sax.InputSource;

final class ChartsTest {

  private static final Rendering ON_PAGE = new Rendering.OnPage("name", "note");

  static Stream<Picture> pictures() {
    return Stream.of(SampleAnalyses.withCosts(), SampleAnalyses.interrupted())
        .flatMap(analysis -> Charts.pictures(analysis).stream());
  }

  static Stream<Plot> plots() {
    return pictures().filter(Plot.class::isInstance).map(Plot.class::cast);
  }

  @Test
  void aCompleteRunHasEveryChart() {
    assertThat(Charts.of(SampleAnalyses.withCosts()))
        .extracting(Chart::id)
        .containsExactly(
            "throughput-findings",
            "throughput-by-workers",
            "efficiency-by-workers",
            "latency-percentiles",
            "open-loop-latency",
            "throughput-by-size",
            "latency-by-size",
            "memory-by-workers",
            "unique-memory-by-workers",
            "start-up-by-workers",
            "task-time",
            "regimes");
  }

  @Test
  void aRunWithoutResultsHasNoChart() {
    assertThat(Charts.of(SampleAnalyses.empty())).isEmpty();
  }

  @Test
  void anInterruptedRunHasTheChartsOfWhatItMeasured() throws NoFontException {
    List<Chart> charts = Charts.of(SampleAnalyses.interrupted());

    assertThat(charts)
        .extracting(Chart::id)
        .containsExactly("throughput-by-workers", "efficiency-by-workers");
    for (Chart chart : charts) {
      assertThat(chart.png().orElseThrow()).isNotEmpty();
    }
  }

  @Test
  void numbersThatNoAxisCanShowAreLeftOut() {
    Estimate endless = new Estimate(968, 0, Double.POSITIVE_INFINITY, 1);
    Estimate none = new Estimate(Double.NaN, Double.NaN, Double.NaN, 1);
    Estimate zero = new Estimate(0, 0, 0, 1);
    Latency latency = new Latency(zero, endless, none, -1, Double.POSITIVE_INFINITY, 0);
    Analysis broken = SampleAnalyses.interrupted(endless, none, latency);

    for (Chart chart : Charts.of(broken)) {
      assertThat(chart.svg()).doesNotContain("NaN", "Infinity");
    }
    assertThat(Charts.of(broken))
        .extracting(Chart::id)
        .contains("throughput-by-workers", "latency-percentiles");
  }

  @Test
  void titlesSayWhatIsSeen() {
    assertThat(Charts.plots(SampleAnalyses.complete()))
        .extracting(plot -> plot.caption().title())
        .contains(
            "Forked processes (JSON) reach 93% of the throughput of platform threads with 2 workers",
            "Share of ideal with 2 workers: fork 91%, threads 97%, virtual 97%",
            "Throughput of forked processes (JSON): 93% of platform threads with 64 B messages, 41% with"
                + " 1 MiB");
    assertThat(plot(SampleAnalyses.interrupted(), "throughput-by-workers").caption().title())
        .isEqualTo(
            "Forked processes (JSON) against platform threads: not measured well enough with 1"
                + " worker");
  }

  @Test
  void whatIsNotMeasuredWellEnoughIsCountedInsteadOfDrawn() {
    Analysis rough = SampleAnalyses.rough();
    Plot findings = plot(rough, "throughput-findings");
    assertThat(findings.caption().title()).endsWith("; 1 left out, not measured well enough");
    assertThat(points(findings))
        .hasSize(points(plot(SampleAnalyses.complete(), "throughput-findings")).size() - 1)
        .noneMatch(point -> point.value() == 0.777);
    Plot efficiency = plot(rough, "efficiency-by-workers");
    assertThat(efficiency.caption().title())
        .isEqualTo(
            "Share of ideal with 2 workers: fork not measured well enough, threads 97%, virtual 97%");
    assertThat(efficiency.caption().footnote()).endsWith(" 1 left out, not measured well enough.");
    assertThat(points(efficiency)).noneMatch(point -> point.value() == 0.777);
    assertThat(plot(rough, "throughput-by-size").caption().title())
        .isEqualTo(
            "Throughput of forked processes (JSON): 93% of platform threads with 64 B messages, not"
                + " measured well enough with 1 MiB");
  }

  @Test
  void theLibraryIsGivenTheMeasuredNumbers() {
    XYChart chart = xchart(plot(SampleAnalyses.complete(), "throughput-by-workers"));

    assertThat(chart.getSeries("fork").getYData()).containsExactly(968 * 0.905, 968 * 2 * 0.905);
    assertThat(chart.getSeries("ideal").getYData()).containsExactly(968, 1936, 1936, 1936);
    double[] middle = chart.getSeries("fork intervals").getYData();
    double[] half = chart.getSeries("fork intervals").getExtraValues();
    assertThat(middle[0] - half[0]).isCloseTo(968 * 0.905 * (1 - 0.017), within(1e-9));
    assertThat(middle[0] + half[0]).isCloseTo(968 * 0.905 * (1 + 0.017), within(1e-9));
  }

  @Test
  void beyondTheMachineNothingIsDrawnAsScaling() {
    Plot plot = plot(SampleAnalyses.complete(), "throughput-by-workers");

    assertThat(plot.bands()).singleElement().extracting(Plot.Band::from).isEqualTo(1.5);
    assertThat(plot.series()).isNotEmpty();
    for (Series series : plot.series()) {
      assertThat(series.curves())
          .hasSize(2)
          .allSatisfy(curve ->
              assertThat(curve)
                  .extracting(Point::oversubscribed)
                  .containsOnly(curve.getFirst().at() > 1.5));
    }
  }

  @Test
  void whatRestsOnOneLaunchOrSharesCpusSaysSo() {
    Plot one = plot(SampleAnalyses.interrupted(), "throughput-by-workers");
    assertThat(one.cautions()).containsExactly(Caution.ONE_LAUNCH);
    assertThat(new Chart(one).footnote()).endsWith(Caution.ONE_LAUNCH.legend());
    assertThat(one.svg(ON_PAGE)).contains("class=\"point one-launch\"", "\none launch<");
    Plot shared = plot(SampleAnalyses.complete(), "throughput-by-workers");
    assertThat(shared.cautions()).containsExactly(Caution.OVERSUBSCRIBED);
    assertThat(shared.svg(ON_PAGE))
        .contains("class=\"point oversubscribed\"", "class=\"curve oversubscribed\"");
    assertThat(Charts.pictures(SampleAnalyses.withCosts()).getLast().cautions())
        .isEqualTo(Set.of(Caution.PREDICTED));
  }

  @Test
  void aPointComparesWithOthersAsItsFindingsDo() {
    Point fork =
        plot(SampleAnalyses.complete(), "throughput-by-workers").series().stream()
            .filter(series -> series.model() == Model.FORK)
            .findFirst()
            .orElseThrow()
            .points()
            .getFirst();

    assertThat(fork.ratios())
        .extracting(ratio -> ratio.against())
        .containsExactly(Model.THREADS, Model.VIRTUAL);
    assertThat(fork.ratios().getFirst().ratio().value()).isEqualTo(0.905 / 0.972);
    assertThat(fork.slices()).isZero();
  }

  @Test
  void aComparisonThatIsNotMeasuredWellEnoughHasNoNumberInSvg() {
    assertThat(plot(SampleAnalyses.rough(), "throughput-by-size").svg(ON_PAGE))
        .contains("data-ratios=\"threads ?")
        .doesNotContain("0.777");
  }

  @Test
  void unmeasuredIntervalsAreNotDrawn() {
    Plot plot = plot(SampleAnalyses.interrupted(), "throughput-by-workers");

    assertThat(xchart(plot).getSeriesCollection())
        .isNotEmpty()
        .noneMatch(series -> series.getName().contains(PlotXChart.INTERVALS));
    assertThat(plot.svg(ON_PAGE)).doesNotContain("class=\"interval\"");
  }

  @Test
  void aBarIsAsLongAsItsTask() {
    TaskStack stack = (TaskStack) Charts.pictures(SampleAnalyses.withCosts()).get(10);

    assertThat(stack.groups()).isNotEmpty();
    assertThat(stack.groups().getFirst().bars())
        .isNotEmpty()
        .allSatisfy(bar ->
            assertThat(bar.pieces().stream().mapToDouble(TaskStack.Piece::nanos).sum())
                .isCloseTo(bar.nanos(), within(1.0)));
  }

  @ParameterizedTest
  @MethodSource("plots")
  void noLabelCoversAnother(Plot plot) {
    PlotFrame frame = PlotFrame.of(plot);
    double last = Double.NEGATIVE_INFINITY;
    for (EndLabels.Label label : EndLabels.of(plot, frame)) {
      assertThat(label.y()).isBetween(frame.top(), frame.bottom() + 0.1);
      assertThat(label.y() - last).isGreaterThanOrEqualTo(SvgText.LINE - 0.1);
      last = label.y();
    }
    assertThat(frame.right()).isGreaterThan(frame.left() + 200);
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyModelHasItsColorInThePictureFile(Plot plot) throws NoFontException {
    BufferedImage image = new PlotImage(plot, "note").image();

    assertThat(image.getWidth()).isEqualTo(PlotImage.DENSITY * PlotImage.WIDTH);
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.add(image.getRGB(x, y));
      }
    }
    assertThat(plot.series())
        .extracting(series -> Palette.of(series.model()).color())
        .extracting(Color::getRGB)
        .isNotEmpty()
        .isSubsetOf(colors);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void anSvgIsWellFormedAndLoadsNothing(Picture picture) throws Exception {
    for (String svg : List.of(new Chart(picture).svg(), picture.svg(ON_PAGE))) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
      factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
      assertThat(svg).doesNotContain("href", "url(", "<!DOCTYPE", " id=", "<image", "<script");
      assertThat(svg).doesNotContain("NaN", "Infinity", "null");
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void onAPageEveryColorFollowsTheScheme(Picture picture) {
    assertThat(picture.svg(ON_PAGE))
        .doesNotContain("rgb(", "#", "style=")
        .contains("role=\"img\"", "aria-labelledby=\"name\"", "<title>");
  }

  @Test
  void whateverTextHoldsStaysText() {
    SvgMarkup svg = new SvgMarkup().root(1, 1, "data-name", "\"><script>alert(1)</script>");
    svg.text("title", "</title><script>\u202E\u0000&", "class", "\" onload=\"alert(1)");

    assertThat(svg.close().toString())
        .contains("&lt;/title&gt;&lt;script&gt;\uFFFD\uFFFD&amp;")
        .contains("class=\"&quot; onload=&quot;alert(1)\"")
        .doesNotContain("<script", "\u202E", "\u0000");
  }

  private static XYChart xchart(Plot plot) {
    return PlotXChart.of(plot, 800, 480);
  }

  private static List<Point> points(Plot plot) {
    return plot.series().stream().flatMap(series -> series.points().stream()).toList();
  }

  private static Plot plot(Analysis analysis, String id) {
    return Charts.plots(analysis).stream()
        .filter(plot -> plot.caption().id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
