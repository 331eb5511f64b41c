package dev.forklab.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forklab.reports.analysis.Analysis;
import dev.forklab.reports.analysis.CellResult.Latency;
import dev.forklab.reports.analysis.Estimate;
import dev.forklab.reports.sample.SampleAnalyses;
import dev.forklab.results.Model;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.XYChart;
import org.xml.sax.InputSource;

final class ChartsTest {

  static Stream<Plot> plots() {
    return Stream.of(SampleAnalyses.complete(), SampleAnalyses.interrupted())
        .flatMap(analysis -> Charts.plots(analysis).stream());
  }

  @Test
  void aCompleteRunHasEveryChart() throws NoFontException {
    assertThat(Charts.of(SampleAnalyses.complete()))
        .extracting(Chart::id)
        .containsExactly(
            "throughput-findings",
            "throughput-by-workers",
            "efficiency-by-workers",
            "latency-percentiles",
            "throughput-by-size",
            "latency-by-size",
            "memory-by-workers",
            "unique-memory-by-workers",
            "start-up-by-workers");
  }

  @Test
  void aRunWithoutResultsHasNoChart() throws NoFontException {
    assertThat(Charts.of(SampleAnalyses.empty())).isEmpty();
  }

  @Test
  void anInterruptedRunHasTheChartsOfWhatItMeasured() throws NoFontException {
    List<Chart> charts = Charts.of(SampleAnalyses.interrupted());

    assertThat(charts)
        .extracting(Chart::id)
        .containsExactly("throughput-by-workers", "efficiency-by-workers");
    assertThat(charts).allSatisfy(chart -> assertThat(chart.png()).isNotEmpty());
  }

  @Test
  void numbersThatNoAxisCanShowAreLeftOut() throws NoFontException {
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
        .extracting(Plot::title)
        .contains(
            "Forked processes (JSON) reach 93% of the throughput of platform threads with 2 workers",
            "Share of ideal with 2 workers: fork 91%, threads 97%, virtual 97%",
            "Throughput of forked processes (JSON): 93% of platform threads with 64 B messages, 41% with"
                + " 1 MiB");
    assertThat(plot(SampleAnalyses.interrupted(), "throughput-by-workers").title())
        .isEqualTo(
            "Forked processes (JSON) against platform threads: not measured well enough with 1"
                + " worker");
  }

  @Test
  void whatIsNotMeasuredWellEnoughIsCountedInsteadOfDrawn() {
    Analysis rough = SampleAnalyses.rough();
    Plot findings = plot(rough, "throughput-findings");
    assertThat(findings.title()).endsWith("; 1 left out, not measured well enough");
    assertThat(points(findings))
        .hasSize(points(plot(SampleAnalyses.complete(), "throughput-findings")).size() - 1)
        .noneMatch(point -> point.x() == 0.777);
    Plot efficiency = plot(rough, "efficiency-by-workers");
    assertThat(efficiency.title())
        .isEqualTo(
            "Share of ideal with 2 workers: fork not measured well enough, threads 97%, virtual 97%");
    assertThat(efficiency.footnote()).endsWith(" 1 left out, not measured well enough.");
    assertThat(points(efficiency)).noneMatch(point -> point.y() == 0.777);
    assertThat(plot(rough, "throughput-by-size").title())
        .isEqualTo(
            "Throughput of forked processes (JSON): 93% of platform threads with 64 B messages, not"
                + " measured well enough with 1 MiB");
  }

  private static List<Plot.Point> points(Plot plot) {
    return plot.lines().stream().flatMap(line -> line.points().stream()).toList();
  }

  @Test
  void theLibraryIsGivenTheMeasuredNumbers() {
    XYChart chart = Painter.unlettered(plot(SampleAnalyses.complete(), "throughput-by-workers"));

    assertThat(chart.getSeries("fork").getYData()).containsExactly(968 * 0.905, 968 * 2 * 0.905);
    assertThat(chart.getSeries("ideal").getYData()).containsExactly(968, 1936, 1936, 1936);
    assertThat(chart.getSeries("fork intervals").getYData())
        .contains(968 * 0.905 * (1 - 0.017), 968 * 0.905 * (1 + 0.017));
  }

  @Test
  void beyondTheMachineNothingIsDrawnAsScaling() {
    Plot plot = plot(SampleAnalyses.complete(), "throughput-by-workers");

    assertThat(plot.bands()).singleElement().extracting(Plot.Band::from).isEqualTo(1.5);
    for (Plot.Line line : plot.lines()) {
      boolean sharing = line.name().endsWith(WorkerCharts.OVERSUBSCRIBED);
      assertThat(line.look().filled()).isEqualTo(!sharing);
      assertThat(line.look().stroke()).isEqualTo(sharing ? Look.Stroke.DOTTED : Look.Stroke.SOLID);
      assertThat(line.points()).allMatch(point -> sharing == point.x() > 1.5);
    }
  }

  @Test
  void unmeasuredIntervalsAreNotDrawn() {
    XYChart chart = Painter.unlettered(plot(SampleAnalyses.interrupted(), "throughput-by-workers"));

    assertThat(chart.getSeriesCollection())
        .noneMatch(series -> series.getName().endsWith(Painter.INTERVALS));
  }

  @ParameterizedTest
  @MethodSource("plots")
  void aModelHasItsColorAndItsShapeInEveryChart(Plot plot) {
    assertThat(plot.lines()).isNotEmpty();
    for (Plot.Line line : plot.lines()) {
      Model model = Model.of(line.name().split(" ", 2)[0]).orElseThrow();
      assertThat(line.look().color()).isEqualTo(Palette.of(model));
      assertThat(line.look().shape()).isEqualTo(Look.of(model).shape());
    }
  }

  static Stream<Plot> plotsWithAndWithoutTitle() {
    return plots().flatMap(plot -> Stream.of(plot, plot.untitled()));
  }

  @ParameterizedTest
  @MethodSource("plotsWithAndWithoutTitle")
  void noTextLeavesTheCanvasAndNoLabelCoversAnother(Plot plot) {
    Typesetter typesetter = new Typesetter(plot);
    PlotFrame frame = typesetter.frame();
    double lastLabel = -100;
    for (Lettering.Piece piece : typesetter.pieces()) {
      double width = piece.style().width(piece.text());
      double left =
          switch (piece.align()) {
            case START -> piece.x();
            case MIDDLE -> piece.x() - width / 2;
            case END -> piece.x() - width;
          };
      assertThat(left).as(piece.text()).isNotNegative();
      assertThat(left + width).as(piece.text()).isLessThanOrEqualTo(frame.width());
      assertThat(piece.y()).as(piece.text()).isBetween(0.0, frame.height());
      if (piece.align() == Lettering.Align.START && piece.x() > frame.width() - frame.right()) {
        assertThat(piece.y() - lastLabel).as(piece.text()).isGreaterThan(20);
        lastLabel = piece.y();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("plots")
  void markersStandWhereTheAxesSay(Plot plot) {
    BufferedImage image = new Chart(plot).image();
    PlotFrame frame = new Typesetter(plot).frame();

    assertThat(image.getWidth()).isEqualTo(Chart.DENSITY * (int) frame.width());
    Plot.Line last = plot.lines().getLast();
    Plot.Point point = last.points().getLast();
    int x = (int) Math.round(frame.x(point.x()) * Chart.DENSITY);
    int y = (int) Math.round(frame.y(point.y()) * Chart.DENSITY);
    Color expected = last.look().filled() ? last.look().color().color() : Color.WHITE;
    Color outside = last.look().color().color();
    assertThat(new Color(image.getRGB(x, y))).isEqualTo(expected);
    assertThat(colors(image, x - 16, y - 16, 33)).contains(outside);
  }

  @ParameterizedTest
  @MethodSource("plots")
  void anSvgIsWellFormedAndLoadsNothing(Plot plot) throws Exception {
    for (String svg : List.of(Svg.file(plot), Svg.inline(plot.untitled(), "name", "note"))) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
      factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
      assertThat(svg).doesNotContain("href", "url(", "<!DOCTYPE", " id=", "<image", "<script");
    }
  }

  @ParameterizedTest
  @MethodSource("plots")
  void onAPageEveryColorFollowsTheScheme(Plot plot) {
    assertThat(Svg.inline(plot.untitled(), "name", "note")).doesNotContain("rgb(", "#");
  }

  private static List<Color> colors(BufferedImage image, int left, int top, int size) {
    return Stream.iterate(0, i -> i + 1)
        .limit((long) size * size)
        .map(i -> new Color(image.getRGB(left + i % size, top + i / size)))
        .distinct()
        .toList();
  }

  private static Plot plot(Analysis analysis, String id) {
    return Charts.plots(analysis).stream()
        .filter(plot -> plot.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
