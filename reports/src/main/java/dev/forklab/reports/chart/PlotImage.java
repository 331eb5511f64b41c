package dev.forklab.reports.chart;

import dev.forklab.results.Model;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;

/// A plot as a PNG file: the drawing is XChart's, and around it stand a sentence as its title, the
/// names of the lines at their ends, and a note.
final class PlotImage {

  /// Pixels per point in each direction, so that a chart stays sharp on dense screens and slides.
  static final int DENSITY = 2;

  static final int WIDTH = 1000;

  private static final int HEIGHT = 480;
  private static final int ROW = 40;
  private static final int MARGIN = 24;
  private static final int GAP = 12;
  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  private static final Font TITLE = font(Font.BOLD, 28);
  private static final Font SUBTITLE = font(Font.PLAIN, 20);
  private static final Font LABEL = font(Font.BOLD, 20);
  static final Font TICK = font(Font.PLAIN, 20);
  private static final Font NOTE = font(Font.PLAIN, 18);

  private final Plot plot;
  private final String footnote;

  PlotImage(Plot plot, String footnote) {
    this.plot = plot;
    this.footnote = footnote;
  }

  byte[] png() throws NoFontException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: by itself ImageIO would put a temporary file in between.
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image(), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  BufferedImage image() throws NoFontException {
    requireFont();
    List<Line> head = new ArrayList<>();
    double top = lines(head, plot.caption().title(), TITLE, Palette.INK, GAP);
    top = lines(head, plot.caption().subtitle(), SUBTITLE, Palette.MUTED, top) + GAP;
    int left = plot.upright() ? 0 : MARGIN + GAP + widestRow();
    int right = plot.upright() ? GAP + widestLabel() : 0;
    int height =
        plot.upright()
            ? HEIGHT
            : (int) Math.ceil((plot.slots().max() - plot.slots().min()) * ROW) + 90;
    double foot = lines(head, footnote, NOTE, Palette.MUTED, top + height + GAP);
    BufferedImage image =
        new BufferedImage(
            WIDTH * DENSITY, (int) Math.ceil(foot + GAP) * DENSITY, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      prepare(graphics, image);
      head.forEach(line -> line.draw(graphics));
      graphics.translate(left, top);
      XYChart chart = PlotXChart.of(plot, WIDTH - left - right, height);
      chart.paint(graphics, WIDTH - left - right, height);
      if (plot.upright()) {
        nameBands(graphics, chart);
        nameLines(graphics, chart);
      } else {
        nameRows(graphics, chart);
      }
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static void prepare(Graphics2D graphics, BufferedImage image) {
    graphics.setColor(Palette.PAPER.color());
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(DENSITY, DENSITY);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /// Within the drawing, at the top of each region.
  private void nameBands(Graphics2D graphics, XYChart chart) {
    for (Plot.Band band : plot.bands()) {
      double from = chart.getScreenXFromChart(band.from());
      double to = chart.getScreenXFromChart(Math.min(band.to(), plot.slots().max()));
      double x = (from + to - width(band.label(), NOTE)) / 2;
      double y = chart.getScreenYFromChart(plot.numbers().max()) + NOTE.getSize();
      new Line(band.label(), NOTE, Palette.MUTED.color(), x, y).draw(graphics);
    }
  }

  /// Right of the drawing, where the line ends.
  private void nameLines(Graphics2D graphics, XYChart chart) {
    double top = chart.getScreenYFromChart(plot.numbers().max());
    double bottom = chart.getScreenYFromChart(plot.numbers().min());
    for (EndLabels.Label label :
        EndLabels.of(plot, chart::getScreenYFromChart, top, bottom, 1.3 * LABEL.getSize())) {
      Color color =
          label.model().isEmpty()
              ? Palette.MUTED.color()
              : Palette.of(Model.of(label.model()).orElseThrow()).color();
      new Line(label.text(), LABEL, color, chart.getWidth() + 4.0, label.y() + 7).draw(graphics);
    }
  }

  /// Left of the drawing: XChart drops labels as long as these.
  private void nameRows(Graphics2D graphics, XYChart chart) {
    for (Slots.Slot slot : plot.slots().slots()) {
      Font font = slot.heading() ? LABEL : TICK;
      double y = chart.getScreenYFromChart(slot.at()) + 7;
      new Line(slot.label(), font, Palette.INK.color(), -GAP - width(slot.label(), font), y)
          .draw(graphics);
    }
  }

  private int widestRow() {
    return (int)
        plot.slots().slots().stream()
            .mapToDouble(slot -> width(slot.label(), LABEL))
            .max()
            .orElse(0);
  }

  private int widestLabel() {
    return (int)
        EndLabels.of(plot, value -> 0, 0, 0, 0).stream()
            .mapToDouble(label -> width(label.text(), LABEL))
            .max()
            .orElse(0);
  }

  /// One line of text; `y` is its baseline.
  private record Line(String text, Font font, Color color, double x, double y) {

    void draw(Graphics2D graphics) {
      graphics.setColor(color);
      graphics.setFont(font);
      graphics.drawString(text, (float) x, (float) y);
    }
  }

  /// Adds a text, broken into lines; returns where the next may begin.
  private static double lines(
      List<Line> lines, String text, Font font, Palette color, double from) {
    double y = from;
    for (String line : wrap(text, font)) {
      y += 1.3 * font.getSize();
      lines.add(new Line(line, font, color.color(), MARGIN, y - 0.25 * font.getSize()));
    }
    return y;
  }

  private static List<String> wrap(String text, Font font) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, font) > WIDTH - 2 * MARGIN) {
        lines.add(line.toString());
        longer = word;
      }
      line.setLength(0);
      line.append(longer);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static double width(String text, Font font) {
    return text.isEmpty() ? 0 : new TextLayout(text, font, METRICS).getAdvance();
  }

  private static Font font(int weight, int size) {
    return new Font(Font.SANS_SERIF, weight, size);
  }

  /// Java loads its fonts lazily and reports their lack as errors of linking or of the VM.
  private static void requireFont() throws NoFontException {
    try {
      if (!(width("font", TITLE) > 0)) {
        throw new NoFontException(new IllegalStateException("text has no width"));
      }
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new NoFontException(e);
    }
  }
}
