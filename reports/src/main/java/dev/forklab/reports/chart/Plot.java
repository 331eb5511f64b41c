package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one chart shows, as data: nothing here knows how it is drawn.
///
/// @param id the name of its files
/// @param title one sentence that says what is seen
/// @param subtitle what was held constant
/// @param orientation which axis carries the measured number and its interval
/// @param bands regions of the horizontal axis, drawn below everything
/// @param guides lines to compare with, not measured
/// @param lines what was measured
/// @param footnote what a reader must know to read it right; may be empty
record Plot(
    String id,
    String title,
    String subtitle,
    Orientation orientation,
    Axis x,
    Axis y,
    List<Band> bands,
    List<Guide> guides,
    List<Line> lines,
    String footnote) {

  Plot {
    bands = List.copyOf(bands);
    guides = List.copyOf(guides);
    lines = List.copyOf(lines);
  }

  /// The same picture without title, subtitle and footnote, for a page that sets them itself.
  Plot untitled() {
    return new Plot(id, "", "", orientation, x, y, bands, guides, lines, "");
  }

  enum Orientation {
    /// The measured number is the height.
    UPRIGHT,
    /// The measured number is the distance from the left, and each row is a thing of its own.
    ROWS
  }

  /// A region of the horizontal axis.
  record Band(double from, double to, String label) {}

  /// A line that nothing was measured for.
  record Guide(String name, List<Point> points, String label) {
    Guide {
      points = List.copyOf(points);
    }
  }

  /// Measurements of one model that belong together.
  ///
  /// @param name unique in the plot
  /// @param label what stands at its end, or null for none
  record Line(String name, Look look, List<Point> points, @Nullable String label) {
    Line {
      points = List.copyOf(points);
    }
  }

  /// One measurement: where it stands, and the interval of the measured coordinate.
  record Point(double x, double y, double low, double high) {

    /// Whether there is a number that any axis can show.
    static boolean drawable(Estimate estimate) {
      return estimate.known() && Double.isFinite(estimate.value()) && estimate.value() > 0;
    }

    static Point upright(double x, Estimate estimate) {
      return new Point(x, estimate.value(), low(estimate), high(estimate));
    }

    static Point row(double row, Estimate estimate) {
      return new Point(estimate.value(), row, low(estimate), high(estimate));
    }

    private static double low(Estimate estimate) {
      return Double.isFinite(estimate.low()) ? estimate.low() : estimate.value();
    }

    private static double high(Estimate estimate) {
      return Double.isFinite(estimate.high()) ? estimate.high() : estimate.value();
    }

    static Point bare(double x, double y) {
      return new Point(x, y, y, y);
    }
  }
}
