package dev.forklab.reports.chart;

import java.util.ArrayList;
import java.util.List;

/// The axis of a measured number: its range, its unit, and round ticks.
///
/// @param title with the unit, in words
/// @param min the range's lower end, positive on a logarithmic axis
/// @param max its upper end
record Axis(String title, Unit unit, boolean logarithmic, double min, double max) {

  private static final int TARGET_TICKS = 5;
  private static final double HEADROOM = 1.06;

  Axis {
    if (!(max > min) || (logarithmic && min <= 0)) {
      throw new IllegalArgumentException(
          "expected a range of some width, positive if logarithmic, found " + min + " to " + max);
    }
  }

  /// A value with a label.
  record Tick(double value, String label) {}

  /// Where a value stands: 0 at the lower end, 1 at the upper.
  double share(double value) {
    return (position(value) - position(min)) / (position(max) - position(min));
  }

  private double position(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /// The nearest value that it can show.
  double clamp(double value) {
    return Math.clamp(value, min, max);
  }

  /// A linear axis from 0 to a little above `highest`.
  static Axis fromZero(String title, Unit unit, double highest) {
    return new Axis(title, unit, false, 0, highest > 0 ? highest * HEADROOM : 1);
  }

  /// A logarithmic axis around the values from `lowest` to `highest`.
  static Axis logarithmic(String title, Unit unit, double lowest, double highest) {
    return new Axis(title, unit, true, lowest / 1.25, Math.max(highest, lowest * 1.5) * 1.25);
  }

  /// Round values within the range: on a logarithmic axis only decades on a wide one, more of each
  /// decade on a narrow one.
  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (double value : logarithmic ? logarithmicTicks() : linearTicks()) {
      ticks.add(new Tick(value, unit.tick(value)));
    }
    return ticks;
  }

  private List<Double> linearTicks() {
    double step = step(max - min);
    List<Double> values = new ArrayList<>();
    for (long k = (long) Math.ceil(min / step - 1e-9); k * step <= max * (1 + 1e-12); k++) {
      values.add(k * step);
    }
    return values;
  }

  private List<Double> logarithmicTicks() {
    List<Double> values = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(min)); Math.pow(10, decade) <= max; decade++) {
      for (double leading : leadings(max / min)) {
        double value = leading * Math.pow(10, decade);
        if (value >= min && value <= max) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static double[] leadings(double range) {
    if (range > 1000) {
      return new double[] {1};
    }
    return range > 8 ? new double[] {1, 2, 5} : new double[] {1, 1.5, 2, 3, 4, 5, 7};
  }

  private static double step(double range) {
    double rough = range / TARGET_TICKS;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / decade;
    return decade * (leading <= 1.4 ? 1 : leading <= 3 ? 2 : leading <= 7 ? 5 : 10);
  }
}
