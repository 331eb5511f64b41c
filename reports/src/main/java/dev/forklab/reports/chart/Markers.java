package dev.forklab.reports.chart;

import dev.forklab.results.Mark;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/// The shapes of models, filled or as an outline on paper.
final class Markers extends Marker {

  private static final BasicStroke OUTLINE =
      new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  private final Mark.Shape shape;
  private final boolean filled;

  Markers(Look look) {
    this.shape = look.shape();
    this.filled = look.filled();
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int size) {
    java.awt.Shape outline = outline(x, y, size / 2.0);
    Color color = graphics.getColor();
    if (shape != Mark.Shape.CROSS) {
      graphics.setColor(filled ? color : Palette.PAPER.color());
      graphics.fill(outline);
    }
    graphics.setColor(color);
    graphics.setStroke(OUTLINE);
    graphics.draw(outline);
  }

  private java.awt.Shape outline(double x, double y, double r) {
    return switch (shape) {
      case CIRCLE -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      case SQUARE -> new Rectangle2D.Double(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
      case TRIANGLE -> polygon(x - r, y + 0.8 * r, x, y - 1.1 * r, x + r, y + 0.8 * r);
      case TRIANGLE_DOWN -> polygon(x - r, y - 0.8 * r, x, y + 1.1 * r, x + r, y - 0.8 * r);
      case DIAMOND -> polygon(x - 1.1 * r, y, x, y - 1.1 * r, x + 1.1 * r, y, x, y + 1.1 * r);
      case CROSS -> cross(x, y, 0.9 * r);
      case BAR -> new Rectangle2D.Double(x - 1.1 * r, y - 0.5 * r, 2.2 * r, r);
      case HEXAGON ->
          polygon(
              x - r,
              y,
              x - 0.5 * r,
              y - 0.9 * r,
              x + 0.5 * r,
              y - 0.9 * r,
              x + r,
              y,
              x + 0.5 * r,
              y + 0.9 * r,
              x - 0.5 * r,
              y + 0.9 * r);
    };
  }

  private static Path2D polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Path2D cross(double x, double y, double r) {
    Path2D path = new Path2D.Double();
    path.moveTo(x - r, y - r);
    path.lineTo(x + r, y + r);
    path.moveTo(x - r, y + r);
    path.lineTo(x + r, y - r);
    return path;
  }
}
