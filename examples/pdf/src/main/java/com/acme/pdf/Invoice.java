package com.acme.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// The files that customers usually send: one page of text in an embedded font, and a box.
final class Invoice {

  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final int LINES = 24;

  private Invoice() {}

  /// @param number tells invoices apart; the page depends on nothing else
  static byte[] of(int number) {
    try (PDDocument document = new PDDocument();
        InputStream font = PDDocument.class.getResourceAsStream(FONT)) {
      PDFont sans = PDType0Font.load(document, font);
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        write(content, sans, number);
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      document.save(file);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(PDPageContentStream content, PDFont sans, int number)
      throws IOException {
    content.beginText();
    content.setFont(sans, 11);
    content.setLeading(22);
    content.newLineAtOffset(60, 760);
    content.showText("Invoice " + number);
    for (int line = 1; line <= LINES; line++) {
      content.newLine();
      content.showText(
          "%2d pieces of part %d at %d cents".formatted(line, number + line, 7 * line));
    }
    content.endText();
    content.addRect(50, 60, 495, 720);
    content.stroke();
  }
}
