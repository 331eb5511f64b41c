package dev.forklab.reports.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.intermediate.commands.AffineTransformCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawImageCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawStringCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.FillShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetPaintCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetStrokeCommand;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.knowm.xchart.XYChart;

/// The shapes of a chart as SVG paths, from the drawing commands of the library.
///
/// XChart's own writer of SVG makes a document of its own: with ids, which must be unique on a page
/// of many charts, and with fixed colors, where a page has light and dark ones. The library's
/// commands are the same drawing before it is written.
final class SvgShapes {

  private final XMLStreamWriter xml;
  private final Function<Color, String> ink;
  private Color color = Color.BLACK;
  private BasicStroke stroke = new BasicStroke();

  /// @param ink how a color is written
  SvgShapes(XMLStreamWriter xml, Function<Color, String> ink) {
    this.xml = xml;
    this.ink = ink;
  }

  void write(XYChart chart) throws XMLStreamException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    for (Command<?> command : graphics.getCommands()) {
      write(command);
    }
  }

  /// Charts have no text of the library's ([Painter]), no images and no turned shapes, and clip
  /// nothing that is seen.
  private void write(Command<?> command) throws XMLStreamException {
    switch (command) {
      case SetColorCommand set -> color = set.getValue();
      case SetPaintCommand set when set.getValue() instanceof Color plain -> color = plain;
      case SetStrokeCommand set when set.getValue() instanceof BasicStroke basic -> stroke = basic;
      case FillShapeCommand fill -> path(fill.getValue(), "fill:" + ink.apply(color));
      case DrawShapeCommand draw -> path(draw.getValue(), "fill:none;" + outline());
      case AffineTransformCommand turn when turn.getValue().isIdentity() -> {}
      case AffineTransformCommand _, DrawImageCommand _, DrawStringCommand _ ->
          throw new IllegalStateException("expected plain shapes of a chart, found " + command);
      default -> {}
    }
  }

  private String outline() {
    StringBuilder style = new StringBuilder("stroke:").append(ink.apply(color));
    style.append(";stroke-width:").append(Svg.number(stroke.getLineWidth()));
    if (stroke.getEndCap() == BasicStroke.CAP_ROUND) {
      style.append(";stroke-linecap:round");
    }
    if (stroke.getLineJoin() == BasicStroke.JOIN_ROUND) {
      style.append(";stroke-linejoin:round");
    }
    float[] dashes = stroke.getDashArray();
    if (dashes != null) {
      style.append(";stroke-dasharray:");
      for (int i = 0; i < dashes.length; i++) {
        style.append(i == 0 ? "" : ",").append(Svg.number(dashes[i]));
      }
    }
    return style.toString();
  }

  private void path(Shape shape, String style) throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEmptyElement("path");
    xml.writeAttribute("d", data(shape));
    xml.writeAttribute("style", style);
  }

  private static String data(Shape shape) {
    StringBuilder data = new StringBuilder();
    double[] points = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(points)) {
        case PathIterator.SEG_MOVETO -> append(data, 'M', points, 2);
        case PathIterator.SEG_LINETO -> append(data, 'L', points, 2);
        case PathIterator.SEG_QUADTO -> append(data, 'Q', points, 4);
        case PathIterator.SEG_CUBICTO -> append(data, 'C', points, 6);
        default -> data.append('Z');
      }
    }
    return data.toString();
  }

  private static void append(StringBuilder data, char command, double[] points, int count) {
    for (int i = 0; i < count; i++) {
      data.append(i == 0 ? command : i % 2 == 0 ? ' ' : ',').append(Svg.number(points[i]));
    }
  }
}
