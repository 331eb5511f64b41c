package dev.forklab.reports.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationText;

/// All text of a chart, painted as outlines, so that it looks the same in every viewer.
final class Lettering extends AnnotationText {

  /// Where a text's anchor is.
  enum Align {
    START,
    MIDDLE,
    END
  }

  /// The sizes in use, in points of the full-size chart; half of the smallest is still legible.
  enum Style {
    TITLE(Font.BOLD, 28),
    SUBTITLE(Font.PLAIN, 20),
    LABEL(Font.BOLD, 20),
    TICK(Font.PLAIN, 20),
    NOTE(Font.PLAIN, 18);

    private final int weight;
    private final int size;

    Style(int weight, int size) {
      this.weight = weight;
      this.size = size;
    }

    int size() {
      return size;
    }

    boolean bold() {
      return weight == Font.BOLD;
    }

    Font font() {
      return new Font(Font.SANS_SERIF, weight, size);
    }

    double lineHeight() {
      return size * 1.3;
    }

    double width(String text) {
      return text.isEmpty() ? 0 : new TextLayout(text, font(), METRICS).getAdvance();
    }

    /// Breaks a text at spaces into lines no wider than this, where its words allow; a number stays
    /// with its unit.
    List<String> wrap(String text, double width) {
      if (text.isEmpty()) {
        return List.of();
      }
      List<String> lines = new ArrayList<>();
      StringBuilder line = new StringBuilder();
      for (String word : text.split(BREAK, -1)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && width(longer) > width) {
          lines.add(line.toString());
          longer = word;
        }
        line.setLength(0);
        line.append(longer);
      }
      lines.add(line.toString());
      return lines;
    }
  }

  /// One text: `y` is its baseline.
  record Piece(String text, double x, double y, Style style, Palette color, Align align) {}

  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  /// A space that does not stand between a number and its unit.
  private static final String BREAK =
      " (?<!\\d (?=(?:ns|µs|ms|s|B|KiB|MiB|GiB|workers?|CPUs?)\\b))";

  private final List<Piece> pieces;

  Lettering(List<Piece> pieces) {
    super("", 0, 0, true);
    this.pieces = List.copyOf(pieces);
  }

  List<Piece> pieces() {
    return pieces;
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (Piece piece : pieces) {
      if (piece.text().isBlank()) {
        continue;
      }
      double width = piece.style().width(piece.text());
      double x =
          switch (piece.align()) {
            case START -> piece.x();
            case MIDDLE -> piece.x() - width / 2;
            case END -> piece.x() - width;
          };
      Shape outline =
          new TextLayout(piece.text(), piece.style().font(), METRICS)
              .getOutline(AffineTransform.getTranslateInstance(x, piece.y()));
      graphics.setColor(piece.color().color());
      graphics.fill(outline);
    }
  }
}
