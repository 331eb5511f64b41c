package dev.forklab.reports.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;

/// A plot as SVG: shapes from the drawing library, text as text, so that it can be searched, read
/// aloud and sharpened by the viewer's own fonts.
final class Svg {

  private static final String FONTS = "Helvetica, Arial, 'DejaVu Sans', sans-serif";
  private static final Pattern FIRST_GROUP = Pattern.compile("<g clip-path=\"[^\"]*\">");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{2,}");

  private Svg() {}

  /// A file of its own, in the light colours.
  static String file(Plot plot) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(plot, null) + "\n";
  }

  /// An element for a page: colours are CSS variables, fonts the page's, name and description the
  /// elements with these ids.
  static String inline(Plot plot, String nameId, String descriptionId) {
    String svg = element(plot, new References(nameId, descriptionId));
    for (Palette entry : Palette.all()) {
      svg = svg.replace(rgb(entry), "var(" + entry.variable() + ")");
    }
    return svg;
  }

  private record References(String nameId, String descriptionId) {}

  private static String element(Plot plot, @Nullable References references) {
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
      xml.writeCharacters("\n");
      xml.flush();
      text.write(shapes(plot));
      xml.writeStartElement("g");
      xml.writeAttribute("font-family", references == null ? FONTS : "inherit");
      for (Lettering.Piece piece : typesetter.pieces()) {
        piece(xml, piece);
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write SVG to memory", e);
    }
    return text.toString();
  }

  private static void piece(XMLStreamWriter xml, Lettering.Piece piece) throws XMLStreamException {
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
    xml.writeAttribute("style", "fill:" + rgb(piece.color()));
    xml.writeCharacters(piece.text());
    xml.writeEndElement();
  }

  /// The library's shapes, without its document: numbers shortened, the clip to the whole canvas
  /// and the id that comes with it dropped, since ids must be unique on a page of many charts.
  private static String shapes(Plot plot) {
    XYChart chart = Painter.unlettered(plot);
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(
              graphics.getCommands(), new PageSize(0, 0, chart.getWidth(), chart.getHeight()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String document = bytes.toString(StandardCharsets.UTF_8);
    int start = document.indexOf("<rect", document.indexOf("</defs>"));
    String shapes = document.substring(start, document.lastIndexOf("</svg>"));
    shapes = FIRST_GROUP.matcher(shapes).replaceAll("<g>");
    return LONG_NUMBER.matcher(shapes).replaceAll(found -> rounded(found.group()));
  }

  private static String rounded(String number) {
    return new BigDecimal(number)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String number(double value) {
    return rounded(String.format(Locale.ROOT, "%.3f", value));
  }

  private static String rgb(Palette entry) {
    Color color = entry.color();
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }
}
