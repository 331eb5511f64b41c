package dev.forklab.reports.chart;

import static dev.forklab.reports.chart.SvgMarkup.number;

import dev.forklab.reports.analysis.RegimeWords;
import dev.forklab.reports.chart.Picture.Rendering;
import dev.forklab.reports.cost.RegimeMap;
import dev.forklab.reports.cost.RegimeMap.Lead;
import dev.forklab.reports.cost.RegimeMap.Spot;
import dev.forklab.results.Model;
import dev.forklab.results.units.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A map of regimes as SVG: a field for each task time and message size, longer tasks higher up.
final class RegimeSvg {

  private static final double LEFT = 92;
  private static final double TOP = 24;
  private static final double ROW = 54;
  private static final double GAP = 3;
  private static final double FOOT = 46;

  /// The width of a small letter.
  private static final double TINY = 6.8;

  /// The lead of the strongest color.
  private static final double FULL = 2;

  private final RegimePicture picture;
  private final RegimeMap map;
  private final Rendering rendering;
  private final double column;

  RegimeSvg(RegimePicture picture, Rendering rendering) {
    this.picture = picture;
    this.map = picture.map();
    this.rendering = rendering;
    this.column = (SvgSheet.WIDTH - LEFT) / map.messageBytes().size();
  }

  String svg() {
    return SvgSheet.of(picture.caption(), rendering, "regimes", bottom() + FOOT, this::draw);
  }

  private double bottom() {
    return TOP + map.taskNanos().size() * ROW;
  }

  private void draw(SvgMarkup svg) {
    svg.text("text", "task time", "class", "axis-title", "x", "0", "y", "14");
    for (int row = map.taskNanos().size() - 1; row >= 0; row--) {
      double y = bottom() - (row + 1) * ROW;
      String task = Quantity.chosenTime(map.taskNanos().get(row));
      svg.text(task, LEFT - 10, y + ROW / 2 + 4, "end");
      svg.open("g", "class", "row");
      for (int i = 0; i < map.messageBytes().size(); i++) {
        field(svg, map.spot(row, i), task, LEFT + i * column, y);
      }
      svg.close();
    }
    for (int i = 0; i < map.messageBytes().size(); i++) {
      String size = Quantity.size(Math.round(map.messageBytes().get(i)));
      svg.text(size, LEFT + (i + 0.5) * column, bottom() + 18, "middle");
    }
    double middle = LEFT + (SvgSheet.WIDTH - LEFT) / 2;
    svg.text("message size", middle, bottom() + 38, "axis-title middle");
  }

  private void field(SvgMarkup svg, Spot spot, String task, double x, double y) {
    svg.open("g", "class", spot.measured() ? "point" : "point " + Caution.PREDICTED.id());
    svg.text("title", words(spot, task));
    List<Model> best = spot.lead().isPresent() ? spot.best() : List.of();
    double width = (column - GAP) / Math.max(1, best.size());
    for (int i = 0; i < best.size(); i++) {
      svg.leaf(
          "rect",
          "class",
          "winner m-" + best.get(i).id(),
          "fill-opacity",
          String.format(Locale.ROOT, "%.2f", strength(spot)),
          "x",
          number(x + i * width),
          "y",
          number(y),
          "width",
          number(width),
          "height",
          number(ROW - GAP));
    }
    svg.leaf(
        "rect",
        "class",
        best.isEmpty() ? "field nobody" : "field",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(column - GAP),
        "height",
        number(ROW - GAP));
    double middle = x + (column - GAP) / 2;
    String lead = spot.lead().map(it -> RegimeWords.factor(it.ratio())).orElse("");
    svg.text(winners(spot), middle, y + 16, "tiny middle");
    svg.text((spot.measured() ? "● " : "") + lead, middle, y + 31, "small middle");
    svg.text(spot.isolation().map(RegimeWords::change).orElse(""), middle, y + 45, "tiny middle");
    svg.close();
  }

  private static double strength(Spot spot) {
    double lead = spot.lead().map(Lead::ratio).map(ratio -> ratio.value()).orElse(1.0);
    return 0.1 + 0.35 * Math.clamp((lead - 1) / (FULL - 1), 0, 1);
  }

  /// "threads, virtual", or how many where they do not fit.
  private String winners(Spot spot) {
    if (spot.lead().isEmpty()) {
      return "no difference";
    }
    String names = spot.best().stream().sorted().map(Model::id).collect(Collectors.joining(", "));
    return names.length() * TINY > column ? spot.best().size() + " models" : names;
  }

  private static String words(Spot spot, String task) {
    return task
        + " tasks, "
        + Quantity.size(Math.round(spot.shape().messageBytes()))
        + " messages\n"
        + RegimeWords.winners(spot)
        + "\n"
        + RegimeWords.isolation(spot)
        + "\n"
        + (spot.measured() ? "measured" : "predicted, " + spot.basis().words());
  }
}
