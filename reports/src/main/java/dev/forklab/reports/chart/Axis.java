package dev.forklab.reports.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// One axis: its range, its ticks at the values worth a label, and its title with the unit.
///
/// @param min the range's lower end, a value of the axis (positive on a logarithmic one)
/// @param max its upper end
record Axis(String title, boolean logarithmic, double min, double max, List<Tick> ticks) {

  private static final int TARGET_TICKS = 5;
  private static final double HEADROOM = 1.06;

  Axis {
    if (!(max > min) || (logarithmic && min <= 0)) {
      throw new IllegalArgumentException(
          "expected a range of some width, positive if logarithmic, found " + min + " to " + max);
    }
    ticks = List.copyOf(ticks);
  }

  /// A value with a label.
  ///
  /// @param strong whether the label heads those after it
  record Tick(double value, String label, boolean strong) {
    Tick(double value, String label) {
      this(value, label, false);
    }
  }

  /// Where a value stands: 0 at the lower end, 1 at the upper.
  double share(double value) {
    return (position(value) - position(min)) / (position(max) - position(min));
  }

  /// The value on a linear scale of the same range, which is what the drawing library sees.
  double position(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /// An axis of evenly spaced slots, one for each label, at 0, 1, 2, …
  static Axis slots(String title, List<String> labels) {
    List<Tick> ticks = new ArrayList<>();
    for (int slot = 0; slot < labels.size(); slot++) {
      ticks.add(new Tick(slot, labels.get(slot)));
    }
    return new Axis(title, false, -0.4, labels.size() - 0.6, ticks);
  }

  /// A linear axis from 0 to a little above `highest`, with round ticks.
  static Axis fromZero(String title, double highest) {
    double top = highest > 0 ? highest * HEADROOM : 1;
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step(0, top))));
    return linear(
        title, 0, top, value -> String.format(Locale.ROOT, "%,." + decimals + "f", value));
  }

  /// A linear axis over exactly this range, with round ticks.
  static Axis linear(String title, double min, double max, DoubleFunction<String> label) {
    double step = step(min, max);
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(min / step - 1e-9); k * step <= max * (1 + 1e-12); k++) {
      ticks.add(new Tick(k * step, label.apply(k * step)));
    }
    return new Axis(title, false, min, max, ticks);
  }

  /// A logarithmic axis around the values from `lowest` to `highest`, with round ticks: only
  /// decades on a wide one, more of each decade on a narrow one.
  static Axis logarithmic(
      String title, double lowest, double highest, DoubleFunction<String> label) {
    double min = lowest / 1.25;
    double max = Math.max(highest, lowest * 1.5) * 1.25;
    double[] leadings = leadings(max / min);
    List<Tick> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(min)); Math.pow(10, decade) <= max; decade++) {
      for (double leading : leadings) {
        double value = leading * Math.pow(10, decade);
        if (value >= min && value <= max) {
          ticks.add(new Tick(value, label.apply(value)));
        }
      }
    }
    return new Axis(title, true, min, max, ticks);
  }

  private static double[] leadings(double range) {
    if (range > 1000) {
      return new double[] {1};
    }
    return range > 8 ? new double[] {1, 2, 5} : new double[] {1, 1.5, 2, 3, 4, 5, 7};
  }

  private static double step(double min, double max) {
    double rough = (max - min) / TARGET_TICKS;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / decade;
    return decade * (leading <= 1.4 ? 1 : leading <= 3 ? 2 : leading <= 7 ? 5 : 10);
  }
}
