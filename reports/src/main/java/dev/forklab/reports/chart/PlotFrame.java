package dev.forklab.reports.chart;

/// Where the plot area lies on the canvas, and the way from values to points on it.
///
/// The drawing library is given axes that run over the whole canvas, so that the margins hold our
/// lettering; [#libraryX] and [#libraryY] are those axes' ranges.
///
/// @param width of the canvas in points, like all lengths here
record PlotFrame(
    Plot plot, double width, double height, double left, double right, double top, double bottom) {

  double plotWidth() {
    return width - left - right;
  }

  double plotHeight() {
    return height - top - bottom;
  }

  double x(double value) {
    return left + plot.x().share(value) * plotWidth();
  }

  double y(double value) {
    return height - bottom - plot.y().share(value) * plotHeight();
  }

  Range libraryX() {
    return extend(plot.x(), plotWidth(), left, right);
  }

  Range libraryY() {
    return extend(plot.y(), plotHeight(), bottom, top);
  }

  /// How much of the horizontal axis one point of canvas is.
  double perPointX() {
    return (plot.x().position(plot.x().max()) - plot.x().position(plot.x().min())) / plotWidth();
  }

  /// How much of the vertical axis one point of canvas is.
  double perPointY() {
    return (plot.y().position(plot.y().max()) - plot.y().position(plot.y().min())) / plotHeight();
  }

  /// A range in the positions of an axis.
  record Range(double min, double max) {}

  private static Range extend(Axis axis, double length, double before, double after) {
    double low = axis.position(axis.min());
    double high = axis.position(axis.max());
    double perPoint = (high - low) / length;
    return new Range(low - before * perPoint, high + after * perPoint);
  }
}
