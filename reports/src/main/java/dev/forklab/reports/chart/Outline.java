package dev.forklab.reports.chart;

import dev.forklab.results.Mark;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/// The shapes of models' points, for both ways to draw them.
final class Outline {

  private Outline() {}

  /// The corners of a closed shape in units of its radius, x and y in turn; of the cross, the ends
  /// of its two strokes. The circle has none.
  private static double[] corners(Mark.Shape shape) {
    return switch (shape) {
      case CIRCLE -> new double[0];
      case SQUARE -> new double[] {-.9, -.9, .9, -.9, .9, .9, -.9, .9};
      case TRIANGLE -> new double[] {-1, .8, 0, -1.1, 1, .8};
      case TRIANGLE_DOWN -> new double[] {-1, -.8, 0, 1.1, 1, -.8};
      case DIAMOND -> new double[] {-1.1, 0, 0, -1.1, 1.1, 0, 0, 1.1};
      case CROSS -> new double[] {-.9, -.9, .9, .9, -.9, .9, .9, -.9};
      case BAR -> new double[] {-1.1, -.5, 1.1, -.5, 1.1, .5, -1.1, .5};
      case HEXAGON -> new double[] {-1, 0, -.5, -.9, .5, -.9, 1, 0, .5, .9, -.5, .9};
    };
  }

  /// Around a point, for Java2D.
  static Shape shape(Mark.Shape shape, double x, double y, double radius) {
    double[] corners = corners(shape);
    if (corners.length == 0) {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i += 2) {
      double cornerX = x + corners[i] * radius;
      double cornerY = y + corners[i + 1] * radius;
      if (begins(shape, i)) {
        path.moveTo(cornerX, cornerY);
      } else {
        path.lineTo(cornerX, cornerY);
      }
    }
    if (shape != Mark.Shape.CROSS) {
      path.closePath();
    }
    return path;
  }

  /// Around the origin, as the data of an SVG path.
  static String path(Mark.Shape shape, double radius) {
    double[] corners = corners(shape);
    if (corners.length == 0) {
      String r = SvgMarkup.number(radius);
      String arc = "a" + r + " " + r + " 0 1 0 ";
      String across = SvgMarkup.number(2 * radius);
      return "M-" + r + " 0" + arc + across + " 0" + arc + "-" + across + " 0Z";
    }
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(begins(shape, i) ? 'M' : 'L');
      path.append(SvgMarkup.number(corners[i] * radius)).append(' ');
      path.append(SvgMarkup.number(corners[i + 1] * radius));
    }
    return path + (shape == Mark.Shape.CROSS ? "" : "Z");
  }

  private static boolean begins(Mark.Shape shape, int corner) {
    return corner == 0 || (shape == Mark.Shape.CROSS && corner == 4);
  }
}
