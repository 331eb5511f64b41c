package dev.forklab.reports.chart;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes SVG elements. What text and attributes hold is escaped by the XML writer, and stays text.
final class SvgMarkup {

  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;

  SvgMarkup() {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write SVG to memory", e);
    }
  }

  private interface Writing {
    void run() throws XMLStreamException;
  }

  private SvgMarkup write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (XMLStreamException e) {
      throw new IllegalStateException("cannot write SVG to memory", e);
    }
  }

  /// The outermost element.
  SvgMarkup root(double width, double height, String... attributes) {
    return write(() -> {
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
      attributes(attributes);
    });
  }

  /// @param attributes names and values in turn
  SvgMarkup open(String name, String... attributes) {
    return write(() -> {
      xml.writeCharacters("\n");
      xml.writeStartElement(name);
      attributes(attributes);
    });
  }

  SvgMarkup leaf(String name, String... attributes) {
    return write(() -> {
      xml.writeCharacters("\n");
      xml.writeEmptyElement(name);
      attributes(attributes);
    });
  }

  /// An element that holds text only.
  SvgMarkup text(String name, String text, String... attributes) {
    open(name, attributes);
    return write(() -> {
      xml.writeCharacters(harmless(text));
      xml.writeEndElement();
    });
  }

  /// Text at a place.
  SvgMarkup text(String text, double x, double y, String style) {
    return text("text", text, "class", style, "x", number(x), "y", number(y));
  }

  /// A straight line.
  SvgMarkup line(String style, double fromX, double fromY, double toX, double toY) {
    String data = "M" + number(fromX) + " " + number(fromY) + "L" + number(toX) + " " + number(toY);
    return leaf("path", "class", style, "d", data);
  }

  SvgMarkup close() {
    return write(xml::writeEndElement);
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], harmless(attributes[i + 1]));
    }
  }

  /// Without characters that XML forbids, or that turn the direction of text.
  private static String harmless(String text) {
    StringBuilder harmless = new StringBuilder(text.length());
    text.codePoints().forEach(it -> harmless.appendCodePoint(forbidden(it) ? 0xFFFD : it));
    return harmless.toString();
  }

  private static boolean forbidden(int character) {
    return (Character.isISOControl(character) && character != '\n' && character != '\t')
        || (character >= 0xD800 && character <= 0xDFFF)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || (character >= 0xFFFE && character <= 0xFFFF);
  }

  /// All that was written.
  @Override
  public String toString() {
    write(xml::flush);
    return out.toString();
  }

  /// A coordinate, to a tenth of a unit.
  static String number(double value) {
    return new BigDecimal(value)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /// A measured number, to six digits.
  static String exact(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
