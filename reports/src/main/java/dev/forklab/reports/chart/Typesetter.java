package dev.forklab.reports.chart;

import dev.forklab.reports.chart.Lettering.Align;
import dev.forklab.reports.chart.Lettering.Piece;
import dev.forklab.reports.chart.Lettering.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gives a plot its frame and puts its text around and into it.
final class Typesetter {

  static final int WIDTH = 1000;
  static final int HEIGHT = 640;
  static final int UNTITLED_HEIGHT = 480;

  private static final double MARGIN = 24;
  private static final double UNTITLED_MARGIN = 3;
  private static final double GAP = 12;
  private static final double ROW_HEIGHT = 40;

  private final Plot plot;
  private final List<String> title;
  private final List<String> subtitle;
  private final List<String> footnote;
  private final double margin;
  private final double strip;
  private final PlotFrame frame;
  private final List<Piece> pieces = new ArrayList<>();

  Typesetter(Plot plot) {
    this.plot = plot;
    margin = plot.title().isEmpty() ? UNTITLED_MARGIN : MARGIN;
    double text = WIDTH - 2 * margin;
    title = Style.TITLE.wrap(plot.title(), text);
    subtitle = Style.SUBTITLE.wrap(plot.subtitle(), text);
    footnote = Style.NOTE.wrap(plot.footnote(), text);
    double left = margin + GAP + widest(plot.y().ticks().stream().map(Axis.Tick::label).toList());
    double right = rightMargin();
    strip = plot.bands().isEmpty() ? 0 : Style.NOTE.lineHeight() + GAP / 2;
    double top = head() + strip + 1.5 * GAP;
    double bottom =
        margin / 2
            + Style.TICK.lineHeight()
            + Style.SUBTITLE.lineHeight()
            + GAP
            + footnote.size() * Style.NOTE.lineHeight();
    double height =
        plot.orientation() == Plot.Orientation.ROWS
            ? top + bottom + (plot.y().max() - plot.y().min()) * ROW_HEIGHT
            : title.isEmpty() ? UNTITLED_HEIGHT : HEIGHT;
    frame = new PlotFrame(plot, WIDTH, Math.ceil(height), left, right, top, bottom);
  }

  PlotFrame frame() {
    return frame;
  }

  /// How far above the plot area a band reaches, to hold its label.
  double strip() {
    return strip;
  }

  List<Piece> pieces() {
    pieces.clear();
    heading();
    bandLabels();
    ticks();
    endLabels();
    foot();
    return List.copyOf(pieces);
  }

  private double head() {
    double axisTitle = plot.y().title().isEmpty() ? 0 : Style.SUBTITLE.lineHeight() + GAP / 2;
    return margin
        + title.size() * Style.TITLE.lineHeight()
        + subtitle.size() * Style.SUBTITLE.lineHeight()
        + axisTitle;
  }

  private double rightMargin() {
    double widest = 0;
    for (EndLabel label : labels(0)) {
      widest = Math.max(widest, Style.LABEL.width(label.text()));
    }
    double tick =
        plot.x().ticks().isEmpty() ? 0 : Style.TICK.width(plot.x().ticks().getLast().label());
    return Math.max(tick / 2 + margin, widest == 0 ? margin : widest + margin + GAP);
  }

  private static double widest(List<String> labels) {
    return labels.stream().mapToDouble(Style.LABEL::width).max().orElse(0);
  }

  private void heading() {
    double y = margin;
    for (String line : title) {
      y += Style.TITLE.lineHeight();
      add(line, margin, y - 6, Style.TITLE, Palette.INK, Align.START);
    }
    for (String line : subtitle) {
      y += Style.SUBTITLE.lineHeight();
      add(line, margin, y - 4, Style.SUBTITLE, Palette.MUTED, Align.START);
    }
    if (!plot.y().title().isEmpty()) {
      y += Style.SUBTITLE.lineHeight() + GAP / 2;
      add(plot.y().title(), margin, y, Style.SUBTITLE, Palette.INK, Align.START);
    }
  }

  private void bandLabels() {
    for (Plot.Band band : plot.bands()) {
      double from = frame.x(Math.max(band.from(), plot.x().min()));
      double to = frame.x(Math.min(band.to(), plot.x().max()));
      double y = frame.top() - strip + Style.NOTE.lineHeight() - 2;
      double middle = (from + to) / 2;
      boolean fits = middle + Style.NOTE.width(band.label()) / 2 <= frame.width() - margin;
      double x = fits ? middle : to;
      add(band.label(), x, y, Style.NOTE, Palette.MUTED, fits ? Align.MIDDLE : Align.END);
    }
  }

  private void ticks() {
    double below = frame.height() - frame.bottom() + Style.TICK.lineHeight();
    for (Axis.Tick tick : plot.x().ticks()) {
      add(tick.label(), frame.x(tick.value()), below, Style.TICK, Palette.INK, Align.MIDDLE);
    }
    double middle = frame.left() + frame.plotWidth() / 2;
    double title = below + Style.SUBTITLE.lineHeight();
    add(plot.x().title(), middle, title, Style.SUBTITLE, Palette.INK, Align.MIDDLE);
    for (Axis.Tick tick : plot.y().ticks()) {
      double baseline = frame.y(tick.value()) + 7;
      Style style = tick.strong() ? Style.LABEL : Style.TICK;
      add(tick.label(), frame.left() - GAP, baseline, style, Palette.INK, Align.END);
    }
  }

  private void foot() {
    double y = frame.height() - margin / 2 - (footnote.size() - 1) * Style.NOTE.lineHeight();
    for (String line : footnote) {
      add(line, margin, y, Style.NOTE, Palette.MUTED, Align.START);
      y += Style.NOTE.lineHeight();
    }
  }

  private void endLabels() {
    List<EndLabel> labels = spread(labels(1));
    for (EndLabel label : labels) {
      double x = frame.width() - frame.right() + GAP;
      add(label.text(), x, label.y() + 7, Style.LABEL, label.color(), Align.START);
    }
  }

  /// A label for a line, right of the plot area, where it is in nobody's way: as near to the height
  /// of the line's last point as its neighbors allow.
  private record EndLabel(String text, Palette color, double y) {}

  /// The labels in reading order; with a scale of 0 their heights are not asked for.
  private List<EndLabel> labels(int scale) {
    List<EndLabel> labels = new ArrayList<>();
    for (Plot.Line line : plot.lines()) {
      if (line.label() != null) {
        double y = scale == 0 ? 0 : frame.y(line.points().getLast().y());
        labels.add(new EndLabel(line.label(), line.look().color(), y));
      }
    }
    for (Plot.Guide guide : plot.guides()) {
      if (!guide.label().isEmpty()) {
        double y = scale == 0 ? 0 : frame.y(guide.points().getLast().y());
        labels.add(new EndLabel(guide.label(), Palette.MUTED, y));
      }
    }
    return labels;
  }

  /// Moves labels apart until none overlaps, keeping their order and staying on the plot area: once
  /// downwards, then back up from the bottom.
  private List<EndLabel> spread(List<EndLabel> labels) {
    double step = Style.LABEL.lineHeight();
    List<EndLabel> sorted = new ArrayList<>(labels);
    sorted.sort(Comparator.comparingDouble(EndLabel::y));
    double floor = frame.top();
    for (int i = 0; i < sorted.size(); i++) {
      EndLabel label = sorted.get(i);
      sorted.set(i, new EndLabel(label.text(), label.color(), Math.max(label.y(), floor)));
      floor = sorted.get(i).y() + step;
    }
    double ceiling = frame.height() - frame.bottom();
    for (int i = sorted.size() - 1; i >= 0; i--) {
      EndLabel label = sorted.get(i);
      sorted.set(i, new EndLabel(label.text(), label.color(), Math.min(label.y(), ceiling)));
      ceiling = sorted.get(i).y() - step;
    }
    return sorted;
  }

  private void add(String text, double x, double y, Style style, Palette color, Align align) {
    pieces.add(new Piece(text, x, y, style, color, align));
  }
}
