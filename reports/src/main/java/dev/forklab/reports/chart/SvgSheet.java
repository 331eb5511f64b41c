package dev.forklab.reports.chart;

import dev.forklab.reports.chart.Picture.Caption;
import dev.forklab.reports.chart.Picture.Rendering;
import java.util.List;

/// The `svg` element around a drawing: on a page it has the page's colors and words; alone it
/// brings its own.
final class SvgSheet {

  static final double WIDTH = 800;

  private static final String STYLE = "chart.css";
  private static final double MARGIN = 16;
  private static final double TITLE = 19;

  private SvgSheet() {}

  interface Drawing {
    void draw(SvgMarkup svg);
  }

  /// @param kind the class of the element
  /// @param data more attributes of it
  static String of(
      Caption caption,
      Rendering rendering,
      String kind,
      double height,
      Drawing drawing,
      String... data) {
    SvgMarkup svg = new SvgMarkup();
    switch (rendering) {
      case Rendering.OnPage(String nameId, String descriptionId) -> {
        svg.root(
            WIDTH,
            height,
            attributes(kind, data, "aria-labelledby", nameId, "aria-describedby", descriptionId));
        drawing.draw(svg);
      }
      case Rendering.Alone(String footnote) -> alone(svg, caption, footnote, kind, height, drawing);
    }
    return svg.close().toString();
  }

  private static String[] attributes(String kind, String[] data, String... more) {
    String[] all = new String[4 + data.length + more.length];
    all[0] = "class";
    all[1] = "chart " + kind;
    all[2] = "role";
    all[3] = "img";
    System.arraycopy(more, 0, all, 4, more.length);
    System.arraycopy(data, 0, all, 4 + more.length, data.length);
    return all;
  }

  private static void alone(
      SvgMarkup svg,
      Caption caption,
      String footnote,
      String kind,
      double height,
      Drawing drawing) {
    List<String> title = SvgText.wrap(caption.title(), WIDTH - 3 * MARGIN, TITLE);
    List<String> subtitle = SvgText.wrap(caption.subtitle(), WIDTH - 2 * MARGIN, SvgText.SIZE);
    List<String> note = SvgText.wrap(footnote, WIDTH - 2 * MARGIN, SvgText.SIZE);
    double head = 8 + title.size() * 1.3 * TITLE + subtitle.size() * SvgText.LINE + 8;
    double all = head + height + note.size() * SvgText.LINE + MARGIN;
    svg.root(
        WIDTH + 2 * MARGIN,
        all,
        attributes(kind, new String[0], "width", px(WIDTH + 2 * MARGIN), "height", px(all)));
    svg.text("title", caption.title());
    svg.text("desc", caption.subtitle() + ". " + footnote);
    svg.text("style", colors() + style());
    svg.leaf("rect", "class", "paper", "width", "100%", "height", "100%");
    double y = lines(svg, title, 8, 1.3 * TITLE, "sheet-title");
    lines(svg, subtitle, y, SvgText.LINE, "quiet");
    svg.open("g", "transform", "translate(" + px(MARGIN) + " " + px(head) + ")");
    drawing.draw(svg);
    svg.close();
    lines(svg, note, head + height, SvgText.LINE, "quiet");
  }

  private static double lines(
      SvgMarkup svg, List<String> lines, double from, double step, String style) {
    double y = from;
    for (String line : lines) {
      y += step;
      svg.text("text", line, "class", style, "x", px(MARGIN), "y", px(y - 4));
    }
    return y;
  }

  private static String px(double value) {
    return SvgMarkup.number(value);
  }

  private static String colors() {
    return ":root { "
        + String.join(" ", Palette.lightDeclarations())
        + " }\n@media (prefers-color-scheme: dark) { :root { "
        + String.join(" ", Palette.darkDeclarations())
        + " } }\n";
  }

  /// The style of all drawings, for a page or a file.
  static String style() {
    return Palette.swatches() + Bundled.text(STYLE, SvgSheet.class);
  }
}
