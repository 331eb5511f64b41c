package dev.forklab.reports.chart;

import dev.forklab.results.Mark;
import dev.forklab.results.Model;

/// How a model's measurements are drawn: its color and its shape never change, the rest says in
/// which state it was.
///
/// @param filled a filled marker, or its outline on paper
/// @param stroke how the points are joined
record Look(Palette color, Mark.Shape shape, boolean filled, Stroke stroke) {

  enum Stroke {
    SOLID,
    DASHED,
    DOTTED,
    NONE
  }

  static Look of(Model model) {
    return new Look(Palette.of(model), model.mark().shape(), true, Stroke.SOLID);
  }

  Look hollow(Stroke joined) {
    return new Look(color, shape, false, joined);
  }

  Look joined(Stroke joined) {
    return new Look(color, shape, filled, joined);
  }
}
