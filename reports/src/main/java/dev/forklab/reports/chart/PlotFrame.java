package dev.forklab.reports.chart;

import dev.forklab.reports.chart.Axis.Tick;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.chart.Slots.Slot;
import java.util.stream.Stream;

/// Where a plot's area lies on its sheet, and the way from values to places on it.
///
/// @param strip how far above the area a band reaches, to hold its label
/// @param title the baseline of the upper axis's title
record PlotFrame(
    Plot plot, double left, double right, double top, double bottom, double strip, double title) {

  private static final double HEIGHT = 380;
  private static final double ROW = 26;
  private static final double FOOT = 46;

  /// Where something is drawn.
  record Place(double x, double y) {}

  static PlotFrame of(Plot plot) {
    boolean upright = plot.upright();
    double strip = plot.bands().isEmpty() ? 0 : 20;
    double title = upright ? 14 : 0;
    double top = title + strip + (upright ? 12 : 4);
    double left =
        10
            + (upright
                    ? plot.numbers().ticks().stream().map(Tick::label).mapToDouble(SvgText::width)
                    : plot.slots().slots().stream()
                        .map(Slot::label)
                        .mapToDouble(SvgText::boldWidth))
                .max()
                .orElse(0);
    double labels =
        Stream.concat(
                plot.series().stream().map(Series::label),
                plot.guides().stream().map(Plot.Guide::label))
            .mapToDouble(SvgText::boldWidth)
            .max()
            .orElse(0);
    double right = SvgSheet.WIDTH - Math.max(14, labels == 0 ? 0 : labels + 14);
    Slots slots = plot.slots();
    double bottom = upright ? HEIGHT - FOOT : top + (slots.max() - slots.min()) * ROW;
    return new PlotFrame(plot, left, right, top, bottom, strip, title);
  }

  double height() {
    return bottom + FOOT;
  }

  /// The least value of the horizontal axis.
  double least() {
    return plot.upright() ? plot.slots().min() : plot.numbers().min();
  }

  /// The greatest.
  double most() {
    return plot.upright() ? plot.slots().max() : plot.numbers().max();
  }

  double horizontal(double value) {
    double share = plot.upright() ? plot.slots().share(value) : plot.numbers().share(value);
    return left + share * (right - left);
  }

  double vertical(double value) {
    double share = plot.upright() ? plot.numbers().share(value) : plot.slots().share(value);
    return bottom - share * (bottom - top);
  }

  /// Of a number that stands at a slot.
  Place place(double at, double value) {
    return plot.upright()
        ? new Place(horizontal(at), vertical(value))
        : new Place(horizontal(value), vertical(at));
  }
}
