package dev.forklab.reports.chart;

import dev.forklab.reports.chart.Picture.Rendering;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One chart of a report, ready to be written.
public final class Chart {

  private final Picture picture;

  Chart(Picture picture) {
    this.picture = picture;
  }

  /// The name of its files without extension, and of its place on the page; unique in a report.
  public String id() {
    return picture.caption().id();
  }

  /// The sentence that says what is seen.
  public String title() {
    return picture.caption().title();
  }

  /// What was held constant.
  public String subtitle() {
    return picture.caption().subtitle();
  }

  /// What a reader must know to read it right: how to tell what was measured less well, too.
  public String footnote() {
    return Stream.concat(
            Stream.of(picture.caption().footnote()),
            picture.cautions().stream().sorted().map(Caution::legend))
        .filter(sentence -> !sentence.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /// A PNG file; empty for a chart that only SVG shows.
  ///
  /// @throws NoFontException if this machine has no font to draw with
  public Optional<byte[]> png() throws NoFontException {
    return picture instanceof Plot plot
        ? Optional.of(new PlotImage(plot, footnote()).png())
        : Optional.empty();
  }

  /// An SVG file, in the colors of the reader's scheme.
  public String svg() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + picture.svg(new Rendering.Alone(footnote()))
        + "\n";
  }

  /// An `svg` element to stand in an HTML page, without title, subtitle and footnote, which the
  /// page sets: its colors are the CSS variables of [Palette] in [#style], its accessible name and
  /// description are the elements with these ids.
  public String inlineSvg(String nameId, String descriptionId) {
    return picture.svg(new Rendering.OnPage(nameId, descriptionId));
  }

  /// The style sheet of all `svg` elements on a page.
  public static String style() {
    return SvgSheet.style();
  }

  Picture picture() {
    return picture;
  }
}
