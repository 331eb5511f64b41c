package dev.forklab.reports.chart;

import static dev.forklab.reports.chart.SvgMarkup.number;

import dev.forklab.reports.analysis.Wording;
import dev.forklab.reports.chart.Picture.Rendering;
import dev.forklab.reports.chart.TaskStack.Bar;
import dev.forklab.reports.chart.TaskStack.Group;
import dev.forklab.reports.chart.TaskStack.Piece;
import dev.forklab.reports.cost.Explanation.Part;
import dev.forklab.results.units.Quantity;

/// A stack of task times as SVG: bars of one cell share a scale, cells do not.
final class TaskStackSvg {

  private static final double ROW = 26;
  private static final double BAR = 17;
  private static final double LEFT = 100;
  private static final double RIGHT = SvgSheet.WIDTH - 190;
  private static final double KEY = SvgSheet.WIDTH / 3;
  private static final double KEY_SIZE = 12;

  private final TaskStack stack;
  private final Rendering rendering;

  TaskStackSvg(TaskStack stack, Rendering rendering) {
    this.stack = stack;
    this.rendering = rendering;
  }

  private double keys() {
    return SvgText.LINE * Math.ceil(stack.parts().size() / 3.0) + 10;
  }

  String svg() {
    return SvgSheet.of(
        stack.caption(), rendering, "stack", keys() + stack.rows() * ROW + 6, this::draw);
  }

  private void draw(SvgMarkup svg) {
    keys(svg);
    double y = keys();
    for (Group group : stack.groups()) {
      y += ROW;
      svg.text("text", group.name(), "class", "heading", "x", "0", "y", number(y - 6));
      double longest = TaskStack.longest(group);
      for (Bar bar : group.bars()) {
        bar(svg, group, bar, y, (RIGHT - LEFT) / longest);
        y += ROW;
      }
    }
  }

  private void keys(SvgMarkup svg) {
    int i = 0;
    for (Part part : stack.parts()) {
      double x = i % 3 * KEY;
      double y = Math.floorDiv(i, 3) * SvgText.LINE;
      rectangle(svg, part, x, y + 2, KEY_SIZE, KEY_SIZE);
      svg.text("text", part.label(), "x", number(x + 18), "y", number(y + 13));
      i++;
    }
  }

  private static void bar(SvgMarkup svg, Group group, Bar bar, double y, double perNano) {
    svg.open("g", "class", "series m-" + bar.model().id(), "data-model", bar.model().id());
    svg.text("text", bar.model().id(), "class", "name", "x", "0", "y", number(y + 14));
    double x = LEFT;
    for (Piece piece : bar.pieces()) {
      double width = piece.seen() * perNano;
      svg.open("g", "class", "point");
      svg.text("title", words(group, bar, piece));
      rectangle(svg, piece.part(), x, y + 1, width, BAR);
      svg.close();
      x += width;
    }
    svg.text(
        "text",
        Quantity.time(bar.nanos()) + ", extra " + TaskStack.time(bar.extra()),
        "class",
        "quiet",
        "x",
        number(RIGHT + 10),
        "y",
        number(y + 14));
    svg.close();
  }

  private static String words(Group group, Bar bar, Piece piece) {
    return Wording.capital(bar.model().label())
        + ", "
        + group.name()
        + "\n"
        + piece.part().label()
        + ": "
        + TaskStack.time(piece.nanos())
        + "\n"
        + Quantity.percent(piece.nanos() / bar.nanos())
        + " of a task";
  }

  private static void rectangle(
      SvgMarkup svg, Part part, double x, double y, double width, double height) {
    svg.leaf(
        "rect",
        "class",
        "part " + TaskStack.style(part),
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height));
  }
}
