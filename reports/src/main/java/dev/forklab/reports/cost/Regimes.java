package dev.forklab.reports.cost;

/// Placeholder for the margins until the map is there.
final class Regimes {
  static final double MARGIN = 0.03;
  private Regimes() {}
}
