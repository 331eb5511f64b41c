package dev.forklab.reports.chart;

import dev.forklab.results.Model;

/// How a model's measurements are drawn: its colour and its shape never change, the rest says in
/// which state it was.
///
/// @param filled a filled marker, or its outline on paper
/// @param stroke how the points are joined
record Look(Palette color, Shape shape, boolean filled, Stroke stroke) {

  enum Shape {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    TRIANGLE_DOWN,
    CROSS,
    HEXAGON,
    BAR
  }

  enum Stroke {
    SOLID,
    DASHED,
    DOTTED,
    NONE
  }

  static Look of(Model model) {
    return new Look(Palette.of(model), shape(model), true, Stroke.SOLID);
  }

  Look hollow(Stroke joined) {
    return new Look(color, shape, false, joined);
  }

  Look joined(Stroke joined) {
    return new Look(color, shape, filled, joined);
  }

  private static Shape shape(Model model) {
    return switch (model) {
      case FORK -> Shape.CIRCLE;
      case THREADS, JDK_FIXED -> Shape.SQUARE;
      case VIRTUAL -> Shape.TRIANGLE;
      case JDK_VIRTUAL -> Shape.TRIANGLE_DOWN;
      case INLINE, CONTROL -> Shape.DIAMOND;
      case JDK_FORKJOIN -> Shape.CROSS;
      case NODE -> Shape.HEXAGON;
      case NODE_THREADS -> Shape.BAR;
      case PYTHON -> Shape.TRIANGLE_DOWN;
      case PLANTED_0, PLANTED_1, PLANTED_2, PLANTED_3, PLANTED_5, PLANTED_10 -> Shape.SQUARE;
    };
  }
}
