package dev.forklab.reports.chart;

import dev.forklab.reports.analysis.Estimate;
import dev.forklab.results.Cell;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Why a number is not like those that were measured in several launches, each worker on a CPU of
/// its own. Everywhere it is drawn as what it is.
enum Caution {
  /// More workers than CPUs: pale, joined by dots.
  OVERSUBSCRIBED(
      "oversubscribed",
      "Pale, dotted: oversubscribed, more workers than CPUs, which is not scaling."),
  /// The spread between launches is assumed: an outline.
  ONE_LAUNCH(
      "one launch", "Hollow: one launch, so the spread between launches is assumed, not measured."),
  /// Not measured at all: dashed.
  PREDICTED("predicted, not measured", "Dashed: predicted, not measured.");

  private final String words;
  private final String legend;

  Caution(String words, String legend) {
    this.words = words;
    this.legend = legend;
  }

  /// After a number: "one launch".
  String words() {
    return words;
  }

  /// How it looks and what that means, as a sentence.
  String legend() {
    return legend;
  }

  /// The class of its elements in SVG.
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Those of a number that was measured in a cell.
  static Set<Caution> of(Cell cell, Estimate estimate) {
    Set<Caution> cautions = EnumSet.noneOf(Caution.class);
    if (cell.oversubscribed()) {
      cautions.add(OVERSUBSCRIBED);
    }
    if (estimate.samples() == 1) {
      cautions.add(ONE_LAUNCH);
    }
    return cautions;
  }
}
