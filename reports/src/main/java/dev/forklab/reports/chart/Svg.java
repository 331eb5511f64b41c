package dev.forklab.reports.chart;

import java.awt.Color;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// A plot as SVG: shapes from the drawing library, text as text, so that it can be searched, read
/// aloud and sharpened by the viewer's own fonts.
final class Svg {

  private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif";

  private Svg() {}

  /// A file of its own, in the light colors.
  static String file(Plot plot) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(plot, null, Svg::rgb) + "\n";
  }

  /// An element for a page: colors are CSS variables, fonts the page's, name and description the
  /// elements with these ids.
  static String inline(Plot plot, String nameId, String descriptionId) {
    Map<Color, String> variables =
        Palette.all().stream()
            .collect(Collectors.toMap(Palette::color, entry -> "var(" + entry.variable() + ")"));
    return element(
        plot, new References(nameId, descriptionId), color -> required(variables, color));
  }

  private static String required(Map<Color, String> variables, Color color) {
    String variable = variables.get(color);
    if (variable == null) {
      throw new IllegalStateException("expected a color of the palette, found " + color);
    }
    return variable;
  }

  private record References(String nameId, String descriptionId) {}

  private static String element(
      Plot plot, @Nullable References references, Function<Color, String> ink) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      Typesetter typesetter = new Typesetter(plot);
      PlotFrame frame = typesetter.frame();
      String size = number(frame.width()) + " " + number(frame.height());
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      xml.writeAttribute("viewBox", "0 0 " + size);
      xml.writeAttribute("role", "img");
      if (references == null) {
        xml.writeAttribute("width", number(frame.width()));
        xml.writeAttribute("height", number(frame.height()));
        xml.writeStartElement("title");
        xml.writeCharacters(plot.title());
        xml.writeEndElement();
      } else {
        xml.writeAttribute("aria-labelledby", references.nameId());
        xml.writeAttribute("aria-describedby", references.descriptionId());
      }
      new SvgShapes(xml, ink).write(Painter.unlettered(plot));
      xml.writeCharacters("\n");
      xml.writeStartElement("g");
      xml.writeAttribute("font-family", references == null ? FONTS : "inherit");
      for (Lettering.Piece piece : typesetter.pieces()) {
        piece(xml, piece, ink);
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write SVG to memory", e);
    }
    return text.toString();
  }

  private static void piece(XMLStreamWriter xml, Lettering.Piece piece, Function<Color, String> ink)
      throws XMLStreamException {
    if (piece.text().isBlank()) {
      return;
    }
    xml.writeCharacters("\n");
    xml.writeStartElement("text");
    xml.writeAttribute("x", number(piece.x()));
    xml.writeAttribute("y", number(piece.y()));
    xml.writeAttribute("font-size", Integer.toString(piece.style().size()));
    if (piece.style().bold()) {
      xml.writeAttribute("font-weight", "bold");
    }
    if (piece.align() != Lettering.Align.START) {
      xml.writeAttribute("text-anchor", piece.align() == Lettering.Align.END ? "end" : "middle");
    }
    xml.writeAttribute("style", "fill:" + ink.apply(piece.color().color()));
    xml.writeCharacters(piece.text());
    xml.writeEndElement();
  }

  /// A coordinate, to a tenth of a point.
  static String number(double value) {
    return new BigDecimal(value)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String rgb(Color color) {
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }
}
