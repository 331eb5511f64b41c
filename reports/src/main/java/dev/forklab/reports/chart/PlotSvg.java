package dev.forklab.reports.chart;

import static dev.forklab.reports.chart.SvgMarkup.exact;
import static dev.forklab.reports.chart.SvgMarkup.number;

import dev.forklab.reports.analysis.Verdict;
import dev.forklab.reports.chart.Axis.Tick;
import dev.forklab.reports.chart.Picture.Rendering;
import dev.forklab.reports.chart.Plot.Point;
import dev.forklab.reports.chart.Plot.Series;
import dev.forklab.reports.chart.Slots.Slot;
import dev.forklab.results.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A plot as SVG. Each element says by its class what it is, and each point by its attributes what
/// was measured, so that the page's script can ask, hide and move them; without the script they
/// stand as they are.
final class PlotSvg {

  private static final double RADIUS = 5.5;
  private static final double CAP = 4;

  private final Plot plot;
  private final Rendering rendering;
  private final PlotFrame frame;

  PlotSvg(Plot plot, Rendering rendering) {
    this.plot = plot;
    this.rendering = rendering;
    this.frame = PlotFrame.of(plot);
  }

  String svg() {
    Axis axis = plot.numbers();
    return SvgSheet.of(
        plot.caption(),
        rendering,
        plot.upright() ? "plot upright" : "plot rows",
        frame.height(),
        this::draw,
        "data-unit",
        axis.unit().id(),
        "data-log",
        Boolean.toString(axis.logarithmic()),
        "data-min",
        exact(axis.min()),
        "data-max",
        exact(axis.max()),
        "data-frame",
        number(frame.left())
            + " "
            + number(frame.right())
            + " "
            + number(frame.top())
            + " "
            + number(frame.bottom()));
  }

  private void draw(SvgMarkup svg) {
    plot.bands().forEach(band -> band(svg, band));
    numberAxis(svg);
    slotAxis(svg);
    plot.guides().forEach(guide -> guide(svg, guide));
    plot.series().forEach(series -> series(svg, series));
    labels(svg);
  }

  private void band(SvgMarkup svg, Plot.Band band) {
    double from = frame.horizontal(Math.max(band.from(), frame.least()));
    double to = frame.horizontal(Math.min(band.to(), frame.most()));
    svg.leaf(
        "rect",
        "class",
        "band",
        "x",
        number(from),
        "y",
        number(frame.top() - frame.strip()),
        "width",
        number(to - from),
        "height",
        number(frame.bottom() - frame.top() + frame.strip()));
    double half = SvgText.width(band.label()) / 2;
    double middle = Math.min((from + to) / 2, SvgSheet.WIDTH - half);
    svg.text(band.label(), middle, frame.top() - frame.strip() + 14, "quiet middle");
  }

  /// The script writes this axis anew when its scale changes.
  private void numberAxis(SvgMarkup svg) {
    Axis axis = plot.numbers();
    svg.open("g", "class", "axis numbers");
    for (Tick tick : axis.ticks()) {
      if (plot.upright()) {
        double y = frame.vertical(tick.value());
        svg.line("grid", frame.left(), y, frame.right(), y);
        svg.text(tick.label(), frame.left() - 8, y + 5, "end");
      } else {
        double x = frame.horizontal(tick.value());
        svg.line("grid", x, frame.top(), x, frame.bottom());
        svg.text(tick.label(), x, frame.bottom() + 18, "middle");
      }
    }
    svg.close();
    if (plot.upright()) {
      svg.text(axis.title(), 0, frame.title(), "axis-title");
    } else {
      double middle = (frame.left() + frame.right()) / 2;
      svg.text(axis.title(), middle, frame.bottom() + 38, "axis-title middle");
    }
  }

  private void slotAxis(SvgMarkup svg) {
    Slots slots = plot.slots();
    svg.open("g", "class", "axis slots");
    for (Slot slot : slots.slots()) {
      String style = slot.heading() ? "heading " : "";
      if (plot.upright()) {
        svg.text(slot.label(), frame.horizontal(slot.at()), frame.bottom() + 18, style + "middle");
      } else {
        svg.text(slot.label(), frame.left() - 10, frame.vertical(slot.at()) + 5, style + "end");
      }
    }
    if (!slots.title().isEmpty()) {
      double middle = (frame.left() + frame.right()) / 2;
      svg.text(slots.title(), middle, frame.bottom() + 38, "axis-title middle");
    }
    svg.close();
  }

  private void guide(SvgMarkup svg, Plot.Guide guide) {
    String values =
        guide.spots().stream()
            .map(spot -> exact(spot.at()) + " " + exact(spot.value()))
            .collect(Collectors.joining(" "));
    svg.leaf(
        "path",
        "class",
        "guide",
        "data-values",
        values,
        "d",
        path(guide.spots().stream().map(spot -> frame.place(spot.at(), spot.value())).toList()));
  }

  private void series(SvgMarkup svg, Series series) {
    svg.open(
        "g",
        "class",
        "series m-" + series.model().id() + (series.faint() ? " faint" : ""),
        "data-model",
        series.model().id(),
        "data-state",
        series.state());
    for (List<Point> curve : series.curves()) {
      boolean pale = curve.getFirst().oversubscribed();
      svg.leaf(
          "path",
          "class",
          pale ? "curve " + Caution.OVERSUBSCRIBED.id() : "curve",
          "d",
          path(curve.stream().map(point -> frame.place(point.at(), point.value())).toList()));
    }
    series.points().forEach(point -> point(svg, series, point));
    svg.close();
  }

  private void point(SvgMarkup svg, Series series, Point point) {
    PlotFrame.Place place = frame.place(point.at(), point.value());
    List<String> attributes = new ArrayList<>();
    attributes.addAll(
        List.of(
            "class",
            point.cautions().stream()
                .sorted()
                .map(caution -> " " + caution.id())
                .collect(Collectors.joining("", "point", "")),
            "transform",
            "translate(" + number(place.x()) + " " + number(place.y()) + ")",
            "data-at",
            exact(point.at()),
            "data-value",
            exact(point.value())));
    if (point.hasInterval()) {
      attributes.addAll(List.of("data-low", exact(point.low()), "data-high", exact(point.high())));
    }
    if (!point.ratios().isEmpty()) {
      attributes.addAll(List.of("data-ratios", ratios(point)));
    }
    svg.open("g", attributes.toArray(String[]::new));
    svg.text("title", PointWords.of(plot, series, point));
    if (point.hasInterval()) {
      svg.leaf("path", "class", "interval", "d", interval(point, place));
    }
    Mark.Shape shape = series.model().mark().shape();
    svg.leaf(
        "path",
        "class",
        shape == Mark.Shape.CROSS ? "marker open" : "marker",
        "d",
        Outline.path(shape, series.faint() ? 0.7 * RADIUS : RADIUS));
    svg.close();
  }

  /// "threads 0.93 0.91 0.95;virtual ?": the other model, the ratio and its interval, or that it is
  /// not measured well enough.
  private static String ratios(Point point) {
    return point.ratios().stream()
        .map(found ->
            found.against().id()
                + (found.verdict() == Verdict.UNMEASURED
                    ? " ?"
                    : String.format(
                        Locale.ROOT,
                        " %.4f %.4f %.4f",
                        found.ratio().value(),
                        found.ratio().low(),
                        found.ratio().high())))
        .collect(Collectors.joining(";"));
  }

  /// Around the point, which is the origin.
  private String interval(Point point, PlotFrame.Place place) {
    double low = plot.numbers().clamp(point.low());
    double high = plot.numbers().clamp(point.high());
    if (plot.upright()) {
      String from = number(frame.vertical(low) - place.y());
      String to = number(frame.vertical(high) - place.y());
      return "M0 %1$sV%2$sM-%3$s %1$sH%3$sM-%3$s %2$sH%3$s".formatted(from, to, number(CAP));
    }
    String from = number(frame.horizontal(low) - place.x());
    String to = number(frame.horizontal(high) - place.x());
    return "M%1$s 0H%2$sM%1$s -%3$sV%3$sM%2$s -%3$sV%3$s".formatted(from, to, number(CAP));
  }

  private void labels(SvgMarkup svg) {
    for (EndLabels.Label label : EndLabels.of(plot, frame)) {
      svg.text(
          "text",
          label.text(),
          "class",
          label.model().isEmpty() ? "label quiet" : "label m-" + label.model(),
          "data-model",
          label.model(),
          "data-at",
          exact(label.at()),
          "data-value",
          exact(label.value()),
          "x",
          number(frame.right() + 12),
          "y",
          number(label.y() + 5));
    }
  }

  private static String path(List<PlotFrame.Place> places) {
    return places.stream()
        .map(place -> number(place.x()) + " " + number(place.y()))
        .collect(Collectors.joining("L", "M", ""));
  }
}
