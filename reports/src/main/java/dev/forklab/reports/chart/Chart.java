package dev.forklab.reports.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/// One chart of a report, ready to be written.
public final class Chart {

  /// Pixels per point in each direction, so that a chart stays sharp on dense screens and slides.
  static final int DENSITY = 2;

  private final Plot plot;

  Chart(Plot plot) {
    this.plot = plot;
  }

  /// The name of its files without extension, and of its place on the page; unique in a report.
  public String id() {
    return plot.id();
  }

  /// The sentence that says what is seen.
  public String title() {
    return plot.title();
  }

  /// What was held constant.
  public String subtitle() {
    return plot.subtitle();
  }

  /// What a reader must know to read it right.
  public String footnote() {
    return plot.footnote();
  }

  /// A PNG file.
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// An SVG file in the light colors.
  public String svg() {
    return Svg.file(plot);
  }

  /// An `svg` element to stand in an HTML page, without title, subtitle and footnote, which the
  /// page sets: its colors are the CSS variables of [Palette], its accessible name and description
  /// are the elements with these ids.
  public String inlineSvg(String nameId, String descriptionId) {
    return Svg.inline(plot.untitled(), nameId, descriptionId);
  }

  Plot plot() {
    return plot;
  }

  XYChart xchart() {
    return Painter.lettered(plot);
  }

  BufferedImage image() {
    XYChart chart = xchart();
    BufferedImage image =
        new BufferedImage(
            chart.getWidth() * DENSITY, chart.getHeight() * DENSITY, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.scale(DENSITY, DENSITY);
      chart.paint(graphics, chart.getWidth(), chart.getHeight());
    } finally {
      graphics.dispose();
    }
    return image;
  }
}
