package dev.forklab.reports.chart;

import java.util.ArrayList;
import java.util.List;

/// How much room text takes in an SVG, roughly: which font a reader has is not known here, and a
/// machine without any can still write a page.
final class SvgText {

  /// Units of an SVG; charts are about as wide on a page as their units are pixels.
  static final double SIZE = 14;

  static final double LINE = 18;

  private static final double LETTER = 0.62;
  private static final double BOLD_LETTER = 0.68;

  private SvgText() {}

  static double width(String text) {
    return text.length() * SIZE * LETTER;
  }

  static double boldWidth(String text) {
    return text.length() * SIZE * BOLD_LETTER;
  }

  /// Breaks a text at spaces into lines of about this width.
  static List<String> wrap(String text, double width, double size) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && (line.length() + word.length() + 1) * size * LETTER > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
