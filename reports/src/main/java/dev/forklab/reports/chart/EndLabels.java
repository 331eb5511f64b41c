package dev.forklab.reports.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The names of lines, right of the plot's area and as near to the height of the line's last point
/// as their neighbors allow.
final class EndLabels {

  private EndLabels() {}

  /// @param model its id; empty for a guide
  /// @param at the place of the last point
  /// @param value its number
  /// @param y where the label stands
  record Label(String text, String model, double at, double value, double y) {}

  static List<Label> of(Plot plot, PlotFrame frame) {
    return of(plot, frame::vertical, frame.top(), frame.bottom(), SvgText.LINE);
  }

  /// @param height of a number
  /// @param step the least distance of two labels
  static List<Label> of(
      Plot plot, DoubleUnaryOperator height, double top, double bottom, double step) {
    List<Label> labels = new ArrayList<>();
    for (Plot.Series series : plot.series()) {
      if (!series.label().isEmpty()) {
        Plot.Point last = series.points().getLast();
        double y = height.applyAsDouble(last.value());
        labels.add(new Label(series.label(), series.model().id(), last.at(), last.value(), y));
      }
    }
    for (Plot.Guide guide : plot.guides()) {
      if (!guide.label().isEmpty()) {
        Plot.Spot last = guide.spots().getLast();
        double y = height.applyAsDouble(last.value());
        labels.add(new Label(guide.label(), "", last.at(), last.value(), y));
      }
    }
    return spread(labels, top, bottom, step);
  }

  /// Moves labels apart until none overlaps, keeping their order and staying on the area: once
  /// downwards, then back up from the bottom.
  private static List<Label> spread(List<Label> labels, double top, double bottom, double step) {
    List<Label> sorted = new ArrayList<>(labels);
    sorted.sort(Comparator.comparingDouble(Label::y));
    double floor = top;
    for (int i = 0; i < sorted.size(); i++) {
      sorted.set(i, moved(sorted.get(i), Math.max(sorted.get(i).y(), floor)));
      floor = sorted.get(i).y() + step;
    }
    double ceiling = bottom;
    for (int i = sorted.size() - 1; i >= 0; i--) {
      sorted.set(i, moved(sorted.get(i), Math.min(sorted.get(i).y(), ceiling)));
      ceiling = sorted.get(i).y() - step;
    }
    return sorted;
  }

  private static Label moved(Label label, double y) {
    return new Label(label.text(), label.model(), label.at(), label.value(), y);
  }
}
