package dev.forklab.reports.chart;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Turns a plot into an XChart.
///
/// The library's own axes, title and legend are off: its two axes run over the whole canvas (see
/// [PlotFrame]), and series carry the grid, the bands and the intervals as well as the lines.
/// Series hold positions, which are the values themselves, or their decimal logarithms.
final class Painter {

  static final String GRID = "grid";
  static final String BAND = "band ";
  static final String PATH = " path";
  static final String INTERVALS = " intervals";

  private static final int MARKER_SIZE = 14;
  private static final double CAP = 7;
  private static final float LINE_WIDTH = 3.2f;
  private static final float INTERVAL_WIDTH = 2.6f;

  private final Plot plot;
  private final Typesetter typesetter;
  private final PlotFrame frame;
  private final XYChart chart;

  private Painter(Plot plot) {
    this.plot = plot;
    typesetter = new Typesetter(plot);
    frame = typesetter.frame();
    chart = new XYChart((int) frame.width(), (int) frame.height());
  }

  /// The chart without its text.
  static XYChart unlettered(Plot plot) {
    return new Painter(plot).paint();
  }

  /// The chart with its text.
  static XYChart lettered(Plot plot) {
    XYChart chart = unlettered(plot);
    chart.addAnnotation(new Lettering(new Typesetter(plot).pieces()));
    return chart;
  }

  private XYChart paint() {
    style();
    plot.bands().forEach(this::band);
    grid();
    for (Plot.Guide guide : plot.guides()) {
      line(guide.name(), guide.points(), Palette.MUTED, Look.Stroke.DASHED, 2.2f);
    }
    plot.lines().forEach(this::path);
    plot.lines().forEach(this::intervals);
    plot.lines().forEach(this::markers);
    return chart;
  }

  private void style() {
    XYStyler styler = chart.getStyler();
    styler.setChartTitleVisible(false);
    styler.setLegendVisible(false);
    styler.setAxisTicksVisible(false);
    styler.setAxisTitlesVisible(false);
    styler.setPlotGridLinesVisible(false);
    styler.setPlotTicksMarksVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setPlotMargin(0);
    styler.setChartPadding(0);
    styler.setPlotContentSize(1);
    styler.setChartBackgroundColor(Palette.PAPER.color());
    styler.setPlotBackgroundColor(Palette.PAPER.color());
    styler.setAntiAlias(true);
    styler.setMarkerSize(MARKER_SIZE);
    styler.setXAxisMin(frame.libraryX().min()).setXAxisMax(frame.libraryX().max());
    styler.setYAxisMin(frame.libraryY().min()).setYAxisMax(frame.libraryY().max());
  }

  private void band(Plot.Band band) {
    double from = plot.x().position(Math.max(band.from(), plot.x().min()));
    double to = plot.x().position(Math.min(band.to(), plot.x().max()));
    double low = plot.y().position(plot.y().min());
    double high = plot.y().position(plot.y().max());
    high += (high - low) * typesetter.strip() / frame.plotHeight();
    XYSeries series =
        chart.addSeries(
            BAND + band.label(),
            new double[] {from, from, to, to},
            new double[] {low, high, high, low});
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(Palette.REGION.color());
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }

  /// Grid lines across the axis that carries the measured number; a heavier line at its foot.
  private void grid() {
    List<double[]> segments = new ArrayList<>();
    boolean rows = plot.orientation() == Plot.Orientation.ROWS;
    Axis measured = rows ? plot.x() : plot.y();
    Axis other = rows ? plot.y() : plot.x();
    double from = other.position(other.min());
    double to = other.position(other.max());
    for (Axis.Tick tick : measured.ticks()) {
      double at = measured.position(tick.value());
      segments.add(rows ? new double[] {at, from, at, to} : new double[] {from, at, to, at});
    }
    segments(GRID, segments, Palette.GRID, 1.4f);
  }

  private void intervals(Plot.Line line) {
    List<double[]> segments = new ArrayList<>();
    for (Plot.Point point : line.points()) {
      if (!(point.high() > point.low())) {
        continue;
      }
      double x = plot.x().position(point.x());
      double y = plot.y().position(point.y());
      Axis measured = plot.orientation() == Plot.Orientation.ROWS ? plot.x() : plot.y();
      double low = measured.position(Math.max(point.low(), measured.min()));
      double high = measured.position(Math.min(point.high(), measured.max()));
      boolean rows = plot.orientation() == Plot.Orientation.ROWS;
      double cap = rows ? CAP * frame.perPointY() : CAP * frame.perPointX();
      segments.add(rows ? new double[] {low, y, high, y} : new double[] {x, low, x, high});
      for (double end : new double[] {low, high}) {
        segments.add(
            rows
                ? new double[] {end, y - cap, end, y + cap}
                : new double[] {x - cap, end, x + cap, end});
      }
    }
    segments(line.name() + INTERVALS, segments, line.look().color(), INTERVAL_WIDTH);
  }

  /// Separate segments in one series: a gap is a point without a height.
  private void segments(String name, List<double[]> segments, Palette color, float width) {
    if (segments.isEmpty()) {
      return;
    }
    double[] x = new double[3 * segments.size()];
    double[] y = new double[x.length];
    Arrays.fill(y, Double.NaN);
    for (int i = 0; i < segments.size(); i++) {
      double[] segment = segments.get(i);
      x[3 * i] = segment[0];
      y[3 * i] = segment[1];
      x[3 * i + 1] = segment[2];
      y[3 * i + 1] = segment[3];
      x[3 * i + 2] = segment[2];
    }
    style(chart.addSeries(name, x, y), color, Look.Stroke.SOLID, width);
  }

  /// The line that joins a model's points: a series of its own, so that no line crosses a marker.
  private void path(Plot.Line line) {
    if (line.look().stroke() != Look.Stroke.NONE && line.points().size() > 1) {
      Look look = line.look();
      line(line.name() + PATH, line.points(), look.color(), look.stroke(), LINE_WIDTH);
    }
  }

  private void markers(Plot.Line line) {
    line(line.name(), line.points(), line.look().color(), Look.Stroke.NONE, LINE_WIDTH)
        .setMarker(new Markers(line.look()))
        .setMarkerColor(line.look().color().color());
  }

  private XYSeries line(
      String name, List<Plot.Point> points, Palette color, Look.Stroke stroke, float width) {
    double[] x = points.stream().mapToDouble(point -> plot.x().position(point.x())).toArray();
    double[] y = points.stream().mapToDouble(point -> plot.y().position(point.y())).toArray();
    return style(chart.addSeries(name, x, y), color, stroke, width);
  }

  private static XYSeries style(XYSeries series, Palette color, Look.Stroke stroke, float width) {
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setLineColor(color.color());
    series.setLineStyle(stroke(stroke, width));
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private static BasicStroke stroke(Look.Stroke stroke, float width) {
    return switch (stroke) {
      case SOLID -> new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      case DASHED -> dashes(width, 11, 8);
      case DOTTED -> dashes(width, 1, 9);
      case NONE -> SeriesLines.NONE;
    };
  }

  private static BasicStroke dashes(float width, float... pattern) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, pattern, 0);
  }
}
