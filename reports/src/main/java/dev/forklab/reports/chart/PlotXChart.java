package dev.forklab.reports.chart;

import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.results.Mark;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.List;
import java.util.function.Predicate;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A plot as an XChart, which draws axes, ticks, grid, regions, lines, points and intervals.
///
/// Its error bars are symmetric, so each hangs on the middle of its interval instead of on the
/// point; it has none that lie, so those of rows are lines.
final class PlotXChart {

  static final String INTERVALS = " intervals";

  /// The grid shows through it.
  private static final Color BAND = new Color(0x55, 0x50, 0x40, 22);

  private static final int MARKER_SIZE = 14;
  private static final float WIDTH = 3.2f;
  private static final float FAINT_WIDTH = 1.8f;

  private final Plot plot;
  private final XYChart chart;

  private PlotXChart(Plot plot, int width, int height) {
    this.plot = plot;
    this.chart = new XYChart(width, height);
  }

  static XYChart of(Plot plot, int width, int height) {
    return new PlotXChart(plot, width, height).build();
  }

  private XYChart build() {
    style();
    if (plot.upright()) {
      uprightAxes();
    } else {
      rowAxes();
    }
    plot.bands().forEach(this::band);
    for (Plot.Guide guide : plot.guides()) {
      double[] at = guide.spots().stream().mapToDouble(Plot.Spot::at).toArray();
      double[] value = guide.spots().stream().mapToDouble(Plot.Spot::value).toArray();
      styled(add(guide.name(), at, value), Palette.MUTED.color(), dashes(2.2f, 11, 8));
    }
    plot.series().forEach(this::curves);
    plot.series().forEach(this::intervals);
    plot.series().forEach(this::points);
    return chart;
  }

  private void style() {
    XYStyler styler = chart.getStyler();
    styler.setLegendVisible(false).setChartTitleVisible(false);
    styler.setChartBackgroundColor(Palette.PAPER.color());
    styler.setPlotBackgroundColor(Palette.PAPER.color()).setPlotBorderVisible(false);
    // At 1 the labels at both ends would be dropped.
    styler.setPlotContentSize(0.98).setChartPadding(6).setMarkerSize(MARKER_SIZE);
    styler.setAxisTickLabelsFont(PlotImage.TICK).setAxisTitleFont(PlotImage.TICK);
    styler.setAxisTickLabelsColor(Palette.INK.color()).setAxisTickPadding(8);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setAxisTicksLineVisible(false).setAxisTicksMarksVisible(false).setPlotMargin(0);
    styler.setPlotGridLinesColor(Palette.GRID.color());
    styler.setPlotGridLinesStroke(new BasicStroke(1.4f));
    styler.setErrorBarsColorSeriesColor(true);
  }

  private void uprightAxes() {
    Slots slots = plot.slots();
    Axis numbers = plot.numbers();
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(slots.min()).setXAxisMax(slots.max());
    styler.setYAxisMin(numbers.min()).setYAxisMax(numbers.max());
    styler.setYAxisLogarithmic(numbers.logarithmic()).setPlotGridVerticalLinesVisible(false);
    styler.setXAxisTickMarkSpacingHint(
        (int) (0.8 * chart.getWidth() / (slots.max() - slots.min())));
    styler.setXAxisTickLabelsFormattingFunction(this::slot);
    styler.setYAxisTickLabelsFormattingFunction(numbers.unit()::tick);
    chart.setXAxisTitle(slots.title());
    chart.setYAxisTitle(numbers.title());
  }

  private void rowAxes() {
    Axis numbers = plot.numbers();
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(numbers.min()).setXAxisMax(numbers.max());
    styler.setYAxisMin(plot.slots().min()).setYAxisMax(plot.slots().max());
    styler.setYAxisTicksVisible(false).setPlotGridHorizontalLinesVisible(false);
    styler.setXAxisTickLabelsFormattingFunction(numbers.unit()::tick);
    chart.setXAxisTitle(numbers.title());
  }

  /// The slot's label where there is one. XChart draws no axis at all if the first label equals the
  /// last, so a blank before the first slot differs from one after the last.
  private String slot(double at) {
    return plot.slots().slots().stream()
        .filter(slot -> Math.abs(slot.at() - at) < 1e-6)
        .map(Slots.Slot::label)
        .findFirst()
        .orElse(at < 0 ? " " : "  ");
  }

  private void band(Plot.Band band) {
    boolean upright = plot.upright();
    double least = upright ? plot.slots().min() : plot.numbers().min();
    double most = upright ? plot.slots().max() : plot.numbers().max();
    double from = Math.max(band.from(), least);
    double to = Math.min(band.to(), most);
    double low = upright ? plot.numbers().min() : plot.slots().min();
    double high = upright ? plot.numbers().max() : plot.slots().max();
    XYSeries series =
        chart.addSeries(
            "band " + band.label(),
            new double[] {from, from, to, to},
            new double[] {low, high, high, low});
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(BAND);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }

  private void curves(Series series) {
    List<List<Point>> curves = series.curves();
    for (int i = 0; i < curves.size(); i++) {
      boolean sharing = curves.get(i).getFirst().oversubscribed();
      float width = series.faint() ? FAINT_WIDTH : WIDTH;
      BasicStroke stroke =
          sharing
              ? dashes(width, 1, 9)
              : series.faint()
                  ? dashes(width, 8, 6)
                  : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      XYSeries added = add(series.name() + " curve " + i, at(curves.get(i)), values(curves.get(i)));
      styled(added, color(series), stroke);
    }
  }

  private void intervals(Series series) {
    List<Point> points = series.points().stream().filter(Point::hasInterval).toList();
    if (points.isEmpty()) {
      return;
    }
    if (plot.upright()) {
      double[] middle = points.stream().mapToDouble(point -> middle(point)).toArray();
      double[] half = points.stream().mapToDouble(point -> high(point) - middle(point)).toArray();
      styled(
          chart.addSeries(series.name() + INTERVALS, at(points), middle, half),
          color(series),
          SeriesLines.NONE);
      return;
    }
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double[] ends = {low(point), high(point)};
      double[] row = {point.at(), point.at()};
      styled(
          chart.addSeries(series.name() + INTERVALS + i, ends, row),
          color(series),
          new BasicStroke(2.6f));
    }
  }

  private double low(Point point) {
    return plot.numbers().clamp(point.low());
  }

  private double high(Point point) {
    return plot.numbers().clamp(point.high());
  }

  private double middle(Point point) {
    return (low(point) + high(point)) / 2;
  }

  private void points(Series series) {
    points(series, "", point -> !point.hollow() && !point.oversubscribed(), color(series));
    points(series, " pale", point -> !point.hollow() && point.oversubscribed(), pale(series));
    points(series, " hollow", Point::hollow, Palette.PAPER.color());
  }

  private void points(Series series, String kind, Predicate<Point> of, Color fill) {
    List<Point> points = series.points().stream().filter(of).toList();
    if (!points.isEmpty()) {
      styled(add(series.name() + kind, at(points), values(points)), color(series), SeriesLines.NONE)
          .setMarker(new ModelMarker(series, fill))
          .setMarkerColor(color(series));
    }
  }

  /// @param at along the slots
  private XYSeries add(String name, double[] at, double[] values) {
    return plot.upright() ? chart.addSeries(name, at, values) : chart.addSeries(name, values, at);
  }

  private static XYSeries styled(XYSeries series, Color color, BasicStroke stroke) {
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setLineColor(color);
    series.setLineStyle(stroke);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private static double[] at(List<Point> points) {
    return points.stream().mapToDouble(Point::at).toArray();
  }

  private static double[] values(List<Point> points) {
    return points.stream().mapToDouble(Point::value).toArray();
  }

  private static Color color(Series series) {
    return Palette.of(series.model()).color();
  }

  /// A third of the color on paper.
  private static Color pale(Series series) {
    Color color = color(series);
    return new Color(pale(color.getRed()), pale(color.getGreen()), pale(color.getBlue()));
  }

  private static int pale(int channel) {
    return 255 - (255 - channel) / 3;
  }

  private static BasicStroke dashes(float width, float... pattern) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, pattern, 0);
  }

  /// The shape of a model with its outline in the model's color.
  private static final class ModelMarker extends Marker {

    private static final BasicStroke OUTLINE =
        new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final Series series;
    private final Color fill;

    ModelMarker(Series series, Color fill) {
      this.series = series;
      this.fill = fill;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      double radius = (series.faint() ? 0.7 : 1) * size / 2;
      Shape outline = Outline.shape(series.model().mark().shape(), x, y, radius);
      if (series.model().mark().shape() != Mark.Shape.CROSS) {
        graphics.setColor(fill);
        graphics.fill(outline);
      }
      graphics.setColor(color(series));
      graphics.setStroke(OUTLINE);
      graphics.draw(outline);
    }
  }
}
