package dev.forklab.reports.chart;

import java.util.ArrayList;
import java.util.List;

/// The axis of the things that were measured: numbers of workers, sizes, percentiles, or one row
/// for each comparison.
///
/// @param title what they are; empty where their labels say it
/// @param min where the axis begins
/// @param max where it ends
record Slots(String title, List<Slot> slots, double min, double max) {

  /// A place with a label.
  ///
  /// @param heading whether its label heads those after it, or stands out among them
  record Slot(double at, String label, boolean heading) {}

  Slots {
    slots = List.copyOf(slots);
  }

  /// Evenly spaced slots, at 0, 1, 2, …
  static Slots of(String title, List<String> labels) {
    List<Slot> slots = new ArrayList<>();
    for (int at = 0; at < labels.size(); at++) {
      slots.add(new Slot(at, labels.get(at), false));
    }
    return new Slots(title, slots, -0.4, labels.size() - 0.6);
  }

  /// Where a place is: 0 at the beginning, 1 at the end.
  double share(double at) {
    return (at - min) / (max - min);
  }
}
