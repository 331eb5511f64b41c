package dev.forklab.results;

/// How a model is drawn, everywhere: what a reader recognizes it by.
///
/// @param light its color on white, as 0xRRGGBB
/// @param dark its color on black
/// @param shape of its points
public record Mark(int light, int dark, Shape shape) {

  /// The shape of a point.
  public enum Shape {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    TRIANGLE_DOWN,
    CROSS,
    HEXAGON,
    BAR
  }
}
